import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initCi } from "../../../src/usecases/init-ci.js";
import type { CiSystem } from "../../../src/usecases/init/ci-files.js";

/** Where the state of the config is kept. */
export const STORES = {
  local: {},
  azureBlob: { account: "https://acme.blob.core.windows.net", container: "rollcall" },
  s3: { bucket: "acme-rollcall", region: "eu-central-1" },
  postgres: { url: { env: "STATE_URL" } },
};

export interface Variant {
  readonly store: keyof typeof STORES;
  readonly environments: boolean;
}

export const VARIANTS: readonly Variant[] = (Object.keys(STORES) as (keyof typeof STORES)[]).flatMap(
  (store) => [true, false].map((environments) => ({ store, environments })),
);

/** What `init --ci` writes for such a config, by path. */
export async function writtenFor(
  system: CiSystem,
  { store, environments }: Variant,
  keys: object = {},
): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-written-"));
  try {
    execFileSync("git", ["init", "--quiet", "--initial-branch=trunk", folder]);
    const encryption = { key: { env: "STATE_KEY" } };
    const config = {
      version: 1,
      ...(store === "local" ? {} : { state: { type: store, encryption, ...STORES[store], ...keys } }),
      connections: { newsletter: { type: "brevo", apiKey: { env: "BREVO_API_KEY" } } },
      sources: { crm: { type: "files", path: "crm.csv" } },
      segments: { all: { source: "crm" } },
      exports: {
        weekly: { connection: "newsletter", list: 7, segments: ["all"], match: { email: "email" } },
      },
      ...(environments
        ? {
            environments: {
              production: {},
              staging: {
                connections: { newsletter: { apiKey: { env: "BREVO_STAGING_KEY" } } },
                exports: { weekly: { list: 8 } },
              },
            },
          }
        : {}),
    };
    await writeFile(join(folder, "exports.config.yaml"), JSON.stringify(config));
    const { written, diagnostics } = await initCi({
      cwd: folder,
      system,
      signal: new AbortController().signal,
    });
    if (written === undefined) throw new Error(JSON.stringify(diagnostics));
    return new Map(
      await Promise.all(
        written.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
