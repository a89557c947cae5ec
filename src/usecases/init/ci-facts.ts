import type { LoadedEnvironment } from "../../config/environments/load.js";
import type { StoreManifest } from "../../model/manifests/store-manifest.js";
import type { TemplateFacts } from "./template.js";

export interface CiFacts {
  readonly environments: readonly LoadedEnvironment[];
  /** Names of the environment variables that secrets are taken from. */
  readonly secrets: readonly string[];
  /** That CI plans pull requests into, and applies. */
  readonly branch: string;
  /** Folder that Rollcall is installed from, with a slash at its end; empty for the top. */
  readonly tool: string;
}

/** Where each environment keeps its state, each kind of store once. */
export function storesOf(environments: readonly LoadedEnvironment[]): StoreManifest[] {
  return [...new Set(environments.map(({ config }) => config.state.store.kind))];
}

/** What the files for CI say of this config. */
export function templateFacts({ environments, secrets, branch, tool }: CiFacts): TemplateFacts {
  const names = environments.flatMap(({ environment }) => environment ?? []);
  // A key in the config takes the place of a login, and a login that nobody has set up fails the job.
  const logins = new Set(
    environments.flatMap(({ config: { state } }) =>
      Object.keys(state.store.credentials).length === 0 ? [state.store.kind] : [],
    ),
  );
  const shown = names.length === 0 ? ["default"] : names;
  return {
    words: {
      BRANCH: branch,
      FIRST: shown[0] ?? "",
      ENVIRONMENTS: shown.join(", "),
      TOOL: tool,
    },
    lists: { SECRET: secrets, ENVIRONMENT: shown },
    conditions: new Set([
      ...[...logins].map(({ type }) => type),
      ...([...logins].some(({ signsInAsJob }) => signsInAsJob) ? ["cloud"] : []),
      ...(names.length === 0 ? [] : ["environments"]),
    ]),
  };
}
