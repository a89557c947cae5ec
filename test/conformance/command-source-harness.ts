import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SharedThings } from "../../src/run/shared.js";
import type { CommandSource } from "../../src/sources/command/command-source.js";
import { command } from "../../src/sources/command/index.js";
import { manifest } from "../../src/sources/command/manifest.js";
import type { Customer } from "../support/receivers/crm.js";
import type { SourceHarness } from "./source.js";

const PRINT = "process.stdout.write(require('node:fs').readFileSync(process.argv[1]))";
const COPY = "require('node:fs').copyFileSync(process.argv[1], process.argv[2])";

/** How a program gives the customers, and what shows that they are all. Whatever happens, it ends with exit code 0. */
interface Way {
  readonly file: string;
  readonly options: Readonly<Record<string, unknown>>;
  write(customers: readonly Customer[]): string;
  cutOff(path: string): Promise<void>;
}

const jsonLines = (customers: readonly Customer[]): string =>
  customers.map((one) => `${JSON.stringify(one)}\n`).join("");

const csv = (customers: readonly Customer[]): string => {
  const value = (text: string | null): string => (text === null ? "" : `"${text.replaceAll('"', '""')}"`);
  return customers
    .map(({ email, name, country }) => `${[email, name, country].map(value).join()}\n`)
    .join("");
};

/** Everything after so many whole lines. */
const keepLines = async (path: string, count: number): Promise<void> => {
  const lines = (await readFile(path, "utf8")).split("\n").slice(0, count);
  await writeFile(path, lines.map((line) => `${line}\n`).join(""));
};

export const WAYS: Readonly<Record<string, Way>> = {
  "prints, ending within its last line": {
    file: "people.jsonl",
    options: { format: "jsonl", command: [process.execPath, "-e", PRINT, "people.jsonl"] },
    write: jsonLines,
    cutOff: (path) => truncate(path, 20_001),
  },
  "writes to a file, ending within its last line": {
    file: "people.jsonl",
    options: { format: "jsonl", command: [process.execPath, "-e", COPY, "people.jsonl", "{output}"] },
    write: jsonLines,
    cutOff: (path) => truncate(path, 20_001),
  },
  "prints with a trailer, ending between lines": {
    file: "people.csv",
    options: {
      format: "csv",
      trailer: "({rows} rows affected)",
      command: [process.execPath, "-e", PRINT, "people.csv"],
    },
    write: (customers) => `email,name,country\n${csv(customers)}\n(${customers.length} rows affected)\n`,
    cutOff: (path) => keepLines(path, 1000),
  },
  "prints what another one counts, ending between lines": {
    file: "people.jsonl",
    options: {
      format: "jsonl",
      command: [process.execPath, "-e", PRINT, "people.jsonl"],
      countCommand: [process.execPath, "-e", PRINT, "people.count"],
    },
    write: jsonLines,
    cutOff: (path) => keepLines(path, 1000),
  },
};

export async function commandHarness({ file, options, write, cutOff }: Way): Promise<SourceHarness> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const path = join(folder, file);
  const source = manifest.sourceOf(options, {
    name: "crm",
    folder,
    columns: { name: { type: "text" } },
    minimumRows: undefined,
    maxAge: undefined,
  });
  const shared = new SharedThings();
  return {
    source,
    open: async (signal) => {
      await shared.close();
      return command.open(source as CommandSource, { within: [], secrets: {}, shared, signal });
    },
    put: async (customers) => {
      await writeFile(path, write(customers));
      await writeFile(join(folder, "people.count"), `count\n${customers.length}\n`);
    },
    cutOff: () => cutOff(path),
    stop: async () => {
      await shared.close();
      await rm(folder, { recursive: true });
    },
  };
}
