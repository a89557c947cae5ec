/** The CI systems that `init --ci` writes files for. */
export const CI_SYSTEMS = ["github"] as const;

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
};

/** What is left to do by hand, after the files are there. */
export const CI_STEPS: Readonly<Record<CiSystem, readonly string[]>> = {
  github: [
    "Make the environments and secrets that each file names in its first lines.",
    "Copy the lines of .github/CODEOWNERS.rollcall into .github/CODEOWNERS, with your own teams.",
    "Require pull requests, the checks of `Rollcall plan` and reviews of code owners for the branch.",
  ],
};
