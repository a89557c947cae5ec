import { readFile } from "node:fs/promises";
import type { LoadedEnvironment } from "../../config/environments/load.js";
import type { TemplateFacts } from "./template.js";

/** Packages that a store of the state needs beside rollcall. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  azureBlob: ["@azure/storage-blob", "@azure/identity"],
  s3: ["@aws-sdk/client-s3"],
  postgres: ["pg"],
};

export interface CiFacts {
  readonly environments: readonly LoadedEnvironment[];
  /** Names of the environment variables that secrets are taken from. */
  readonly secrets: readonly string[];
  /** That CI applies. */
  readonly branch: string;
}

/** What the files for CI say of this config. */
export async function templateFacts({ environments, secrets, branch }: CiFacts): Promise<TemplateFacts> {
  const names = environments.flatMap(({ environment }) => environment ?? []);
  const stores = [...new Set(environments.map(({ config }) => config.state.store.type))];
  // A key in the config takes the place of a login, and a login that nobody has set up fails the job.
  const logins = new Set(
    environments.flatMap(({ config: { state } }) =>
      Object.keys(state.store.credentials).length === 0 ? [state.store.type] : [],
    ),
  );
  const shown = names.length === 0 ? ["default"] : names;
  return {
    words: {
      BRANCH: branch,
      FIRST: shown[0] ?? "",
      ENVIRONMENTS: shown.join(", "),
      PACKAGES: (await packages(stores)).join(" "),
    },
    lists: { SECRET: secrets, ENVIRONMENT: shown },
    conditions: new Set([
      ...logins,
      ...(logins.has("azureBlob") || logins.has("s3") ? ["cloud"] : []),
      ...(names.length === 0 ? [] : ["environments"]),
    ]),
  };
}

/** This very version, so that a new one comes by a reviewed change; and the libraries of the stores. */
async function packages(stores: readonly string[]): Promise<string[]> {
  const manifest = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8")) as {
    version: string;
    peerDependencies: Readonly<Record<string, string>>;
  };
  const libraries = stores.flatMap((store) => PACKAGES[store] ?? []);
  return [
    `rollcall@${manifest.version}`,
    ...libraries.map((name) => `"${name}@${manifest.peerDependencies[name]}"`),
  ];
}
