/** The CI systems that `init --ci` writes files for. */
export const CI_SYSTEMS = ["github", "gitlab", "azure"] as const;

export type CiSystem = (typeof CI_SYSTEMS)[number];

export interface CiFile {
  /** Below templates/ci. */
  readonly template: string;
  /** Where it goes in the repository. */
  readonly path: string;
}

export const CI_FILES: Readonly<Record<CiSystem, readonly CiFile[]>> = {
  github: [
    ...["plan", "apply", "schedule", "drift"].map((name) => ({
      template: `github/workflows/rollcall-${name}.yaml`,
      path: `.github/workflows/rollcall-${name}.yaml`,
    })),
    { template: "github/CODEOWNERS.rollcall", path: ".github/CODEOWNERS.rollcall" },
  ],
  gitlab: [
    { template: "gitlab/rollcall.yml", path: ".gitlab/rollcall.yml" },
    { template: "gitlab/CODEOWNERS.rollcall", path: ".gitlab/CODEOWNERS.rollcall" },
  ],
  azure: [{ template: "azure/rollcall.yml", path: "azure-pipelines-rollcall.yml" }],
};

/** What is left to do by hand, after the files are there. */
export const CI_STEPS: Readonly<Record<CiSystem, readonly string[]>> = {
  github: [
    "Make the environments and secrets that each file names in its first lines.",
    "Copy the lines of .github/CODEOWNERS.rollcall into .github/CODEOWNERS, with your own teams.",
    "Require pull requests, the checks of `Rollcall plan` and reviews of code owners for the branch.",
  ],
  gitlab: [
    "Add `include: [{local: .gitlab/rollcall.yml}]` to .gitlab-ci.yml.",
    "Make the variables and schedules that the file names in its first lines.",
    "Copy the lines of .gitlab/CODEOWNERS.rollcall into .gitlab/CODEOWNERS, and protect the branch.",
  ],
  azure: [
    "Make a pipeline of azure-pipelines-rollcall.yml, with the environments and variable groups that it names.",
    "Add it to the branch policies as build validation, and require reviewers for the files that it names.",
  ],
};
