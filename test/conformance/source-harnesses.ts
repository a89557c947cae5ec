import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { NO_PLUGINS } from "../../src/config/plugins/own-kinds.js";
import { readManifest } from "../../src/config/plugins/read-manifest.js";
import type { Source, SourceBase, SourceManifest } from "../../src/model/config/source.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import type { SourcePlugin } from "../../src/plugin/source.js";
import { openOwnSource } from "../../src/run/own/source.js";
import type { CdmSource } from "../../src/sources/cdm/cdm-source.js";
import { cdm } from "../../src/sources/cdm/index.js";
import { manifest as cdmManifest } from "../../src/sources/cdm/manifest.js";
import { duckdb } from "../../src/sources/duckdb/index.js";
import { manifest as duckdbManifest } from "../../src/sources/duckdb/manifest.js";
import { files } from "../../src/sources/files/index.js";
import { manifest as filesManifest } from "../../src/sources/files/manifest.js";
import { SharedThings } from "../../src/run/shared.js";
import { writeCdmFolder } from "../support/cdm-folder.js";
import { moduleOfPage, pageModules } from "../support/page-modules.js";
import { Crm, type Customer } from "../support/receivers/crm.js";
import type { SourceHarness } from "./source.js";

const base = (folder: string): SourceBase => ({
  name: "crm",
  folder,
  columns: { name: { type: "text" } },
  minimumRows: undefined,
  maxAge: undefined,
});

/** A file that a source which comes along reads. */
async function onDisk(
  file: string,
  { manifest, plugin }: { readonly manifest: SourceManifest; readonly plugin: SourcePlugin },
  put: (path: string, customers: readonly Customer[]) => Promise<void>,
): Promise<SourceHarness> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const path = join(folder, file);
  const source = manifest.sourceOf({ path, table: "customers" }, base(folder));
  return {
    source,
    open: (signal) =>
      plugin.open(source, { within: [folder], secrets: {}, shared: new SharedThings(), signal }),
    put: (customers) => put(path, customers),
    cutOff: () => truncate(path, 20_001),
    stop: () => rm(folder, { recursive: true }),
  };
}

export function filesHarness(): Promise<SourceHarness> {
  return onDisk("people.jsonl", { manifest: filesManifest, plugin: files }, (path, customers) =>
    writeFile(path, customers.map((one) => `${JSON.stringify(one)}\n`).join("")),
  );
}

export function duckdbHarness(): Promise<SourceHarness> {
  return onDisk("people.duckdb", { manifest: duckdbManifest, plugin: duckdb }, async (path, customers) => {
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run("CREATE TABLE customers (email VARCHAR, name VARCHAR, country VARCHAR)");
    const text = (value: string | null): string =>
      value === null ? "NULL" : `'${value.replaceAll("'", "''")}'`;
    const rows = customers.map(({ email, name, country }) => `(${[email, name, country].map(text).join()})`);
    await connection.run(`INSERT INTO customers VALUES ${rows.join()}`);
    connection.closeSync();
    instance.closeSync();
  });
}

const [FIRST, SECOND] = [1, 2].map((part) => `Customer/2026/11/30/0330/Customer_${part}.csv`) as [
  string,
  string,
];

/** Two partitions, the second of which is cut off. */
export async function cdmHarness(): Promise<SourceHarness> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const written = { path: folder, entity: "Customer" };
  const source = cdmManifest.sourceOf(written, base(folder)) as CdmSource;
  return {
    source,
    open: (signal) => cdm.open(source, { within: [folder], secrets: {}, shared: new SharedThings(), signal }),
    put: (customers) => {
      const rows = customers.map(({ email, name, country }) => [email, name, country]);
      const half = Math.ceil(rows.length / 2);
      const columns = { email: "string", name: "string", country: "string" };
      const partitions = {
        [FIRST]: rows.slice(0, half),
        ...(rows.length > 1 ? { [SECOND]: rows.slice(half) } : {}),
      };
      return writeCdmFolder(folder, [{ name: "Customer", columns, partitions }]);
    },
    cutOff: () => truncate(join(folder, SECOND), 20_001),
    stop: () => rm(folder, { recursive: true }),
  };
}

/** The source of docs/own-sources-and-notifiers.md, as a config has it. */
export async function ownHarness(): Promise<SourceHarness> {
  const key = "canary-crm-key";
  const crm = new Crm(key);
  await crm.start();
  const folder = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const module = join(folder, "my-crm.mjs");
  await writeFile(module, (await pageModules())["my-crm.js"] ?? "");
  const read = readManifest(await moduleOfPage("my-crm.js"), {
    name: "./my-crm.js",
    place: module,
    kinds: NO_PLUGINS.kinds,
  });
  if (!("section" in read) || read.section !== "sources") throw new Error("it brings no source");
  const source: Source = read.kind.manifest.sourceOf({ url: crm.url }, { ...base(folder), module });
  return {
    source,
    open: (signal, which) => {
      const secrets = { key: new Secret(which === "wrong" ? "canary-wrong" : key) };
      return openOwnSource(source, module, { within: [folder], secrets, shared: new SharedThings(), signal });
    },
    put: async (customers) => void (crm.customers = customers),
    cutOff: async () => void (crm.shown = 1000),
    remote: { secrets: ["canary"], fallSilent: () => void (crm.silent = true) },
    stop: async () => {
      await crm.stop();
      await rm(folder, { recursive: true });
    },
  };
}
