import { parse } from "yaml";
import type { CiSystem } from "../../../src/usecases/init/ci-files.js";
import { azureStages } from "./azure-pipeline.js";
import { type Variant, writtenFor } from "./written.js";
import type { Workflow } from "./workflow.js";

export interface InstallStep {
  readonly job: string;
  readonly script: string;
  /** As the system says that this is a pull request into main. */
  readonly env: Readonly<Record<string, string>>;
  /** Whether the job is for pull requests; the others are for what the branch itself is at. */
  readonly forChanges: boolean;
}

const VARIANT: Variant = { store: "local", environments: false };

/** The scripts by which the jobs of a system install Rollcall. */
export async function installSteps(system: CiSystem): Promise<InstallStep[]> {
  const files = await writtenFor(system, VARIANT);
  const texts = [...files]
    .filter(([path]) => /ya?ml$/.test(path))
    .map(([path, text]) => [path, text.replaceAll("trunk", "main")] as const);
  if (system === "github")
    return texts.flatMap(([path, text]) =>
      Object.entries((parse(text) as Workflow).jobs).flatMap(([name, { steps }]) =>
        steps
          .filter((step) => step.name === "Install")
          .map(({ run = "" }) => step(`${path} ${name}`, run, path.endsWith("plan.yaml"))),
      ),
    );
  const [[, text] = ["", ""]] = texts;
  if (system === "gitlab") {
    const all = parse(text) as Record<string, { before_script: string[] }>;
    return [true, false].map((forChanges) => ({
      ...step(
        `rollcall, ${forChanges ? "merge request" : "push"}`,
        all[".rollcall"]!.before_script.join("\n"),
        forChanges,
      ),
      env: { CI_PIPELINE_SOURCE: forChanges ? "merge_request_event" : "push" },
    }));
  }
  return azureStages(text).flatMap(({ stage, jobs }) =>
    jobs.flatMap(({ steps }) =>
      steps
        .filter(({ displayName }) => displayName === "Install")
        .map(({ bash = "" }) => ({
          ...step(stage, bash, ["check", "plan"].includes(stage)),
          env: { BUILD_REASON: ["check", "plan"].includes(stage) ? "PullRequest" : "IndividualCI" },
        })),
    ),
  );
}

const step = (job: string, script: string, forChanges: boolean): InstallStep => ({
  job,
  script,
  forChanges,
  env: {},
});
