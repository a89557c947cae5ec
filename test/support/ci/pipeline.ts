import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parse } from "yaml";

const program = fileURLToPath(new URL("gitlab-ci-local.mjs", import.meta.url));

export interface PipelineJob {
  readonly before_script?: readonly string[];
  readonly script: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly artifacts?: { readonly paths?: readonly string[] };
  readonly [key: string]: unknown;
}

/** A pipeline with `include` and `extends` resolved. Rejects with what GitLab's own schema says against it. */
export async function expandedPipeline(folder: string): Promise<Readonly<Record<string, PipelineJob>>> {
  return parse(await gitlabCiLocal(folder, "--preview")) as Readonly<Record<string, PipelineJob>>;
}

/** Names of the jobs whose rules let them into a pipeline with these variables, and how: `on_success`, `manual`, … */
export async function jobsIn(
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const words = Object.entries(variables).flatMap(([name, value]) => ["--variable", `${name}=${value}`]);
  const listed = JSON.parse(await gitlabCiLocal(folder, "--list-json", ...words)) as {
    name: string;
    when: string;
  }[];
  return Object.fromEntries(
    listed.filter(({ when }) => when !== "never").map(({ name, when }) => [name, when]),
  );
}

async function gitlabCiLocal(folder: string, ...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], {
    cwd: folder,
    env: { ...process.env, HOME: folder },
    maxBuffer: 16 * 1024 ** 2,
  });
  return stdout.slice(stdout.search(/^(?:---|\[|\{)/m));
}
