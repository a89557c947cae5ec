import type { ConfigChoice } from "../config/choice.js";
import { generatedConfigText, type ExistingList } from "../config/write/generated.js";
import { loadConfig } from "../config/load.js";
import { parseConfigText } from "../config/yaml/parse.js";
import type { Config } from "../model/config/config.js";
import type { Connection } from "../model/config/connection.js";
import type { Diagnostic } from "../model/diagnostic.js";
import type { Emit } from "../model/run/event.js";
import { Failure } from "../model/failure.js";
import { FileFault } from "../platform/files/file-fault.js";
import { MAX_CONFIG_BYTES, readProjectFile } from "../platform/files/open-project-file.js";
import { homeOf } from "../platform/files/repository-root.js";
import { writeNewFile } from "../platform/files/write-output.js";
import type { Field } from "../plugin/codec.js";
import type { ListInfo } from "../plugin/destination.js";
import { withRunFolder } from "../state/run-folder.js";
import { openConnection, type OpenConnection } from "../run/accounts.js";
import { noSuchConnection } from "../run/no-such-connection.js";

export interface GenerateOptions extends ConfigChoice {
  /** All connections of the config when undefined. */
  readonly connection?: string | undefined;
  /** A new file; undefined: only returned. */
  readonly out?: string | undefined;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface GeneratedConfig {
  readonly text: string;
  readonly lists: number;
  /** Lists that an export of the config names already. */
  readonly skipped: number;
}

/** What a new config takes over; the rest it brings itself. */
const OWN_SECTIONS = new Set([
  "version",
  "include",
  "connections",
  "sources",
  "segments",
  "suppressions",
  "exports",
  "environments",
]);

/** Writes a config with an export for every list of the connections that the config has. */
export async function generateConfig(
  options: GenerateOptions,
): Promise<{ generated?: GeneratedConfig; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics, files } = await loadConfig(options);
  if (config === undefined) return { diagnostics };
  const connections = chosen(config, options.connection);
  const found: ExistingList[] = [];
  let skipped = 0;
  await withRunFolder(async (scratch) => {
    for (const connection of connections) {
      options.emit({ type: "stage", export: undefined, stage: `reading the lists of ${connection.name}` });
      const { open } = await openConnection(config, connection, {
        scratch,
        spent: () => ({}),
        limiters: new Map(),
        onWait: (account, reason, seconds) => options.emit({ type: "waiting", account, reason, seconds }),
        signal: options.signal,
      });
      const lists = await open.destination.lists(options.signal);
      const fresh = lists.filter((list) => !isExported(config, connection, list));
      skipped += lists.length - fresh.length;
      const fields = open.fields.filter((field) => isMappable(open, field));
      found.push(...fresh.map(({ id, name }) => ({ connection: connection.name, id, name, fields })));
    }
  });
  if (found.length === 0) {
    throw new Failure("not-found", "There is no list that the config does not have.", {
      hint: "Create one at the destination, or let an export create it with `list: {name: …, create: true}`.",
    });
  }
  const shared = await sharedSections(files, new Set(found.map(({ connection }) => connection)));
  const text = generatedConfigText(shared, found);
  if (options.out !== undefined) await writeNew(options.cwd, options.out, text);
  return { generated: { text, lists: found.length, skipped }, diagnostics };
}

function chosen(config: Config, name: string | undefined): Connection[] {
  const { connections } = config;
  if (name === undefined) return [...connections.values()];
  const connection = connections.get(name);
  if (connection !== undefined) return [connection];
  throw noSuchConnection(name, config);
}

function isExported({ exports }: Config, { name: connection }: Connection, { id, name }: ListInfo): boolean {
  return [...exports.values()].some(
    (one) =>
      one.connection === connection && ("id" in one.list ? one.list.id === id : one.list.name === name),
  );
}

/** Whether a mapping to the field would be accepted; identifiers and computed fields are not. */
function isMappable({ plugin, fields }: OpenConnection, { name, type }: Field): boolean {
  if (type === "unsupported") return false;
  const attribute = {
    name,
    value: { column: "value" },
    type: undefined,
    nulls: "leave",
    createMissing: false,
    choices: [],
    phone: undefined,
  } as const;
  return plugin.bind([attribute], fields).problems.length === 0;
}

/** Connections as they are written, and settings of the root file. */
async function sharedSections(
  files: readonly string[],
  names: ReadonlySet<string>,
): Promise<Record<string, unknown>> {
  const values = await Promise.all(
    files.map(
      async (path) => parseConfigText(path, path, await textOf(path)).value as Record<string, unknown>,
    ),
  );
  const settings = Object.entries(values[0] ?? {}).filter(([section]) => !OWN_SECTIONS.has(section));
  const connections = values
    .flatMap(({ connections: some }) =>
      Object.entries((some ?? {}) as Record<string, Record<string, unknown>>),
    )
    .filter(([name]) => names.has(name))
    // Its suppressions are segments, and those are not taken over.
    .map(([name, rest]) => [
      name,
      Object.fromEntries(Object.entries(rest).filter(([key]) => key !== "suppressions")),
    ]);
  return { ...Object.fromEntries(settings), connections: Object.fromEntries(connections) as unknown };
}

/** One that was loaded a moment ago. */
async function textOf(path: string): Promise<string> {
  const bytes = await readProjectFile(path, { within: homeOf(path, undefined), maxBytes: MAX_CONFIG_BYTES });
  return bytes.toString("utf8");
}

async function writeNew(cwd: string, out: string, text: string): Promise<void> {
  try {
    await writeNewFile(out, text, { cwd });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `${out} ${error.why}.`, {
      hint: error.reason === "exists" ? "Name a file that is not." : "Name another one.",
      cause: error,
    });
  }
}
