import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Case, RollcallTestFile } from "../config/test-file/test-file.gen.js";
import type { Config } from "../model/config/config.js";
import type { Source } from "../model/config/source.js";
import type { Segment } from "../model/config/segment.js";
import type { SharedByCases } from "./prepare-file.js";
import { writeRows } from "./write-rows.js";
import { ownValue } from "../model/own-value.js";

/**
 * The config as a case sees it: sources and address files are the case's rows,
 * written into `folder`; every mapped field may be made; nothing that is about
 * earlier runs or about the size of real data remains.
 */
export async function buildGivenConfig(
  config: Config,
  file: RollcallTestFile,
  { given }: Case,
  { columns }: Pick<SharedByCases, "columns">,
  folder: string,
): Promise<Config> {
  const sources = new Map<string, Source>();
  for (const source of config.sources.values()) {
    const { name } = source;
    const rows = [
      ...(ownValue(given?.sources, name) ?? ownValue(file.sources, name) ?? []),
      ...(ownValue(given?.add, name) ?? []),
    ];
    const found = columns.get(name) ?? { names: [], declared: {}, notText: [] };
    sources.set(name, await writeRows(source, found, rows, folder));
  }
  const segments = new Map<string, Segment>();
  for (const segment of config.segments.values()) {
    const addresses =
      ownValue(given?.addresses, segment.name) ?? ownValue(file.addresses, segment.name) ?? [];
    segments.set(segment.name, await withAddresses(segment, addresses, folder));
  }
  const exports = [...config.exports].map(([name, wanted]) => {
    const attributes = wanted.attributes.map((attribute) => ({ ...attribute, createMissing: true }));
    return [name, { ...wanted, attributes }] as const;
  });
  return {
    ...config,
    allowPaths: [...config.allowPaths, folder],
    sources,
    segments,
    exports: new Map(exports),
    moved: [],
    removed: [],
  };
}

async function withAddresses(
  segment: Segment,
  addresses: readonly string[],
  folder: string,
): Promise<Segment> {
  if (segment.from.kind !== "addresses") return segment;
  const { column } = segment.from;
  const path = join(folder, `addresses-${Buffer.from(segment.name).toString("hex")}.csv`);
  const lines = [column ?? "email", ...addresses].map((text) => `"${text.replaceAll('"', '""')}"\n`);
  await writeFile(path, lines.join(""), { mode: 0o600 });
  // A file with a heading is a CSV file, and its column is named.
  return { ...segment, from: { kind: "addresses", path, column: column ?? "email" } };
}
