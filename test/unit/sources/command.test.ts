import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DuckDBInstance } from "@duckdb/node-api";
import type { EngineOptions } from "../../../src/engine/engine.ts";
import { loadSource, type LoadedSource } from "../../../src/engine/load/load-source.ts";
import { lookAtSource } from "../../../src/engine/load/look-at-source.ts";
import type { SourceManifest } from "../../../src/model/config/source.ts";
import { SharedThings } from "../../../src/run/shared.ts";
import type { CommandSource } from "../../../src/sources/command/command-source.ts";
import { command } from "../../../src/sources/command/index.ts";
import { manifest } from "../../../src/sources/command/manifest.ts";
import { CLOCK, withEngine } from "../../support/engine.ts";
import { failureOf } from "./support.ts";

const NODE = process.execPath;
const ROWS = "email,name\na@example.com,Anna\nb@example.com,Ben\n";

let folder: string;
let shared: SharedThings;
let rows: Record<string, unknown>[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-command-"));
  shared = new SharedThings();
  rows = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await shared.close();
  await rm(folder, { recursive: true });
});

/** Words that run JavaScript. */
const node = (script: string, ...args: string[]): string[] => [NODE, "-e", script, ...args];
const print = (text: string, then = ""): string[] =>
  node(`process.stdout.write(${JSON.stringify(text)}, () => { ${then} })`);

function sourceOf(written: Parameters<SourceManifest["sourceOf"]>[0]): CommandSource {
  const base = { name: "crm", folder, columns: {}, minimumRows: undefined, maxAge: undefined };
  return manifest.sourceOf({ format: "csv", ...written }, base) as CommandSource;
}

interface Asked {
  readonly signal?: AbortSignal;
  readonly limits?: EngineOptions["limits"];
}

/** What a run would have of it; `rows` are what it read. */
async function load(
  written: Parameters<SourceManifest["sourceOf"]>[0],
  { signal = new AbortController().signal, limits }: Asked = {},
): Promise<LoadedSource> {
  const source = sourceOf(written);
  return withEngine(
    async ({ engine }) => {
      const read = await command.open(source, { within: [], secrets: {}, shared, signal });
      await engine.lockDown(read.files);
      const loaded = await loadSource(engine, source, read);
      rows = await engine.outer.rows(`SELECT * FROM "crm" ORDER BY ALL LIMIT 10`);
      return loaded;
    },
    limits === undefined ? {} : { limits },
  );
}

describe("what a program gives", () => {
  it("is complete by exit code 0 and the end of its last line", async () => {
    const loaded = await load({ command: print(ROWS) });
    expect(loaded).toMatchObject({ rows: 2, proof: "exit code 0 and the end of its last line" });
    expect(loaded.snapshot).toBeUndefined();
    expect(rows).toEqual([
      { email: "a@example.com", name: "Anna" },
      { email: "b@example.com", name: "Ben" },
    ]);
  });

  it("may be a JSON array, or a Parquet file that it writes itself", async () => {
    const array = `[{"email":"a@example.com"},{"email":"b@example.com"}]`;
    expect(await load({ command: print(array), format: "json" })).toMatchObject({ rows: 2 });
    const path = join(folder, "made.parquet");
    const instance = await DuckDBInstance.create();
    const connection = await instance.connect();
    await connection.run(
      `COPY (SELECT 'a@example.com' AS email, 7::BIGINT AS n) TO '${path}' (FORMAT parquet)`,
    );
    connection.closeSync();
    instance.closeSync();
    const copy = node("fs.copyFileSync(process.argv[1], process.argv[2].slice(6))", path, "--out={output}");
    expect(await load({ command: copy, format: "parquet" })).toMatchObject({
      rows: 1,
      proof: "exit code 0 and its footer",
    });
  });

  it("follows the rules of files: delimiter, names, words for nothing, encoding", async () => {
    await writeFile(join(folder, "p.csv"), Buffer.from("a@example.com;Zo\xeb;NULL\n", "latin1"));
    const loaded = await load({
      command: node("process.stdout.write(fs.readFileSync('p.csv'))"),
      delimiter: ";",
      header: false,
      columnNames: ["email", "name", "phone"],
      nullValues: ["NULL"],
      encoding: "windows-1252",
    });
    expect(loaded.rows).toBe(1);
    expect(rows).toEqual([{ email: "a@example.com", name: "Zoë", phone: null }]);
  });

  it("is complete by the number in its trailer, which is no row", async () => {
    for (const end of ["# rows=2", "# rows=2\n", "\r\n\r\n# rows=2\r\n"]) {
      await shared.close();
      const loaded = await load({ command: print(ROWS + end), trailer: "# rows={rows}" });
      expect(loaded).toMatchObject({ rows: 2, proof: "the row count of its `trailer`" });
    }
  });

  it("is complete by what its `countCommand` counts before and after", async () => {
    const loaded = await load({ command: print(ROWS), countCommand: print("n\n2\n") });
    expect(loaded.proof).toBe("the row count of its `countCommand`");
  });

  it("is taken once for a look and a reading of one run, and for all sources with the same command", async () => {
    const source = sourceOf({
      command: node("fs.appendFileSync('ran', 'x'); process.stdout.write(process.argv[1])", ROWS),
    });
    const signal = new AbortController().signal;
    const open = (one: CommandSource): ReturnType<typeof command.open> =>
      command.open(one, { within: [], secrets: {}, shared, signal });
    const look = { folder: join(folder, "look"), timezone: "UTC", clock: CLOCK };
    expect(await lookAtSource(look, source, await open(source))).toEqual({
      names: ["email", "name"],
      all: true,
    });
    await withEngine(async ({ engine }) => {
      await engine.lockDown();
      const other = { ...source, name: "again" };
      expect(await loadSource(engine, source, await open(source))).toMatchObject({ rows: 2 });
      expect(await loadSource(engine, other, await open(other))).toMatchObject({ rows: 2 });
    });
    expect(await readFile(join(folder, "ran"), "utf8")).toBe("x");
    await shared.close();
    expect(existsSync(join(folder, "look", "outer"))).toBe(true);
  });

  it("is not asked for where the config names its columns", async () => {
    const source = sourceOf({ command: ["no-such-program"], header: false, columnNames: ["email"] });
    const signal = new AbortController().signal;
    const read = await command.open(source, { within: [], secrets: {}, shared, signal });
    const look = { folder: join(folder, "look"), timezone: "UTC", clock: CLOCK };
    expect(await lookAtSource(look, source, read)).toEqual({ names: ["email"], all: true });
  });
});

describe("a program", () => {
  it("runs in the folder of its config file, and sees the variables it is to see and no others", async () => {
    vi.stubEnv("BREVO_API_KEY", "canary-key");
    vi.stubEnv("WAREHOUSE_PASSWORD", "pass");
    const script =
      "console.log('email,cwd,key,password,path'); console.log(['a@example.com', fs.realpathSync('.'), process.env.BREVO_API_KEY ?? 'none', process.env.WAREHOUSE_PASSWORD, process.env.PATH !== undefined].join())";
    await load({ command: node(script), passEnv: ["WAREHOUSE_PASSWORD"] });
    expect(rows).toMatchObject([{ cwd: folder, key: "none", password: "pass", path: true }]);
  });

  it("is not started where a variable that it needs is not set", async () => {
    const failure = await failureOf(load({ command: print(ROWS), passEnv: ["OTHER_WAREHOUSE_PASSWORD"] }));
    expect(failure).toMatchObject({
      kind: "invalid",
      message: 'Source "crm": The environment variable OTHER_WAREHOUSE_PASSWORD is not set.',
    });
  });

  it("gets its arguments as they are: there is no shell", async () => {
    const odd = "$(touch ran); `touch ran` && * \"'";
    await load({
      command: node("console.log('email,n'); console.log('a@example.com,' + process.argv[1].length)", odd),
    });
    expect(rows).toMatchObject([{ n: odd.length }]);
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  it("may say on stderr what it likes, however much", async () => {
    const noisy = print(ROWS, "process.stderr.write('a@example.com\\n'.repeat(100_000))");
    expect(await load({ command: noisy })).toMatchObject({ rows: 2 });
  });
});

/** Programs that fail, and what is said of them. */
const FAILING: readonly {
  readonly name: string;
  readonly written: () => Readonly<Record<string, unknown>>;
  readonly kind: string;
  readonly says: string;
}[] = [
  {
    name: "ends with another exit code, after all of its rows",
    written: () => ({ command: print(ROWS, "console.error('canary'); process.exit(3)") }),
    kind: "permanent",
    says: "its program ended with exit code 3.",
  },
  {
    name: "is killed after all of its rows",
    written: () => ({ command: print(ROWS, "process.kill(process.pid, 'SIGKILL')") }),
    kind: "transient",
    says: "its program was ended by SIGKILL.",
  },
  {
    name: "is not there",
    written: () => ({ command: ["no-such-program-at-all"] }),
    kind: "not-found",
    says: "its program was not found.",
  },
  {
    name: "is not executable",
    written: () => ({ command: ["./plain.txt"] }),
    kind: "permanent",
    says: "its program is not executable.",
  },
  {
    name: "takes too long",
    written: () => ({ command: print(ROWS, "setInterval(() => 0, 1000)"), timeout: "1s" }),
    kind: "transient",
    says: "its program did not end within its `timeout`.",
  },
  {
    name: "gives nothing",
    written: () => ({ command: print("") }),
    kind: "invalid",
    says: "its program ended with exit code 0, and gave nothing at all.",
  },
  {
    name: "writes no file",
    written: () => ({ command: [...print(ROWS), "{output}"] }),
    kind: "invalid",
    says: "its program ended without writing the file that `{output}` stands for.",
  },
  {
    name: "writes a link for a file",
    written: () => ({ command: node("fs.symlinkSync('/etc/hosts', process.argv[1])", "{output}") }),
    kind: "invalid",
    says: "its program ended without writing the file that `{output}` stands for.",
  },
  {
    name: "lacks its trailer",
    written: () => ({ command: print(ROWS), trailer: "# rows={rows}" }),
    kind: "invalid",
    says: "its output does not end with its `trailer`, so it may be cut off.",
  },
  {
    name: "has a trailer with another number",
    written: () => ({ command: print(`${ROWS}# rows=3\n`), trailer: "# rows={rows}" }),
    kind: "invalid",
    says: "its `trailer` tells of 3 rows, and 2 arrived.",
  },
  {
    name: "is counted otherwise",
    written: () => ({ command: print(ROWS), countCommand: print("3") }),
    kind: "invalid",
    says: "its `countCommand` tells of 3 rows, and 2 arrived.",
  },
  {
    name: "is counted otherwise before than after",
    written: () => ({
      command: node("fs.writeFileSync('n', '3'); process.stdout.write(process.argv[1])", ROWS),
      countCommand: node("console.log(fs.existsSync('n') ? 3 : 2)"),
    }),
    kind: "transient",
    says: "`countCommand` counted other rows before than after it was read.",
  },
  {
    name: "has a trailer and a count that differ",
    written: () => ({ command: print(`${ROWS}# 2\n`), trailer: "# {rows}", countCommand: print("3") }),
    kind: "invalid",
    says: "its `trailer` tells of 2 rows, and `countCommand` of 3.",
  },
  {
    name: "is counted in words",
    written: () => ({ command: print(ROWS), countCommand: print("12\nrows of a@example.com\n") }),
    kind: "invalid",
    says: "`countCommand`: its last line is no number.",
  },
  {
    name: "is counted at great length",
    written: () => ({ command: print(ROWS), countCommand: node("console.log('2\\n'.repeat(100_000))") }),
    kind: "invalid",
    says: "`countCommand`: its last line is no number.",
  },
  {
    name: "cannot be counted",
    written: () => ({ command: print(ROWS), countCommand: print("2", "process.exit(1)") }),
    kind: "permanent",
    says: "`countCommand`: its program ended with exit code 1.",
  },
  {
    name: "leaves its last line without an end",
    written: () => ({ command: print(ROWS.trimEnd()) }),
    kind: "invalid",
    says: "the last line of output.csv has no line end, so the file may be cut off.",
  },
  {
    name: "prints JSON in place of CSV",
    written: () => ({ command: print('{"error":"a@example.com"}\n') }),
    kind: "invalid",
    says: "output.csv (line 1) is JSON.",
  },
];

describe("nothing is taken from a program that", () => {
  it.each(FAILING)("$name", async ({ written, kind, says }) => {
    await writeFile(join(folder, "plain.txt"), "email\n", { mode: 0o600 });
    const failure = await failureOf(load(written()));
    expect(failure.message).toBe(`Source "crm": ${says}`);
    expect(failure.kind).toBe(kind);
    expect(`${failure.message} ${failure.hint}`).not.toMatch(/example\.com|canary/);
  });

  it.each(["printed", "{output}"])("gives more than the disk may hold, %s", async (way) => {
    const endless =
      way === "printed"
        ? node("const more = () => process.stdout.write('a@example.com\\n'.repeat(5000), more); more()")
        : node(
            "const f = fs.openSync(process.argv[1], 'w'); setInterval(() => fs.writeSync(f, 'a\\n'.repeat(50_000)), 1)",
            way,
          );
    const limits = { timeoutSeconds: 60, totalSeconds: 60, memory: "200MB", disk: "1MB" };
    const failure = await failureOf(load({ command: endless }, { limits }));
    expect(failure).toMatchObject({
      kind: "refused",
      message: 'Source "crm": it has more bytes than `sql.disk` allows.',
    });
  });

  it("ends wherever it likes within its output, by whatever end shows that", async () => {
    const all = `${ROWS}# rows=2`;
    for (const [text, written] of [
      [all, { trailer: "# rows={rows}" }],
      [ROWS, {}],
    ] as const)
      for (let end = 0; end < text.length; end += 3) {
        await shared.close();
        // Where lines end, only the exit code tells.
        const dies = "trailer" in written ? "" : "process.kill(process.pid, 'SIGKILL')";
        const failure = await failureOf(load({ ...written, command: print(text.slice(0, end), dies) }));
        expect(failure.message, String(end)).toMatch(/trailer|ended|nothing/);
      }
  });
});

it("whoever stops ends the program with all that it started", async () => {
  const child = "setInterval(() => fs.writeFileSync('alive', String(Date.now())), 20)";
  const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], {stdio: 'inherit'}); process.on('SIGTERM', () => 0); setInterval(() => 0, 1000)`;
  const stop = new AbortController();
  const failing = failureOf(load({ command: node(script) }, { signal: stop.signal }));
  await vi.waitUntil(() => existsSync(join(folder, "alive")), { timeout: 20_000 });
  stop.abort();
  expect((await failing).kind).toBe("interrupted");
  const last = await readFile(join(folder, "alive"), "utf8");
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await readFile(join(folder, "alive"), "utf8")).toBe(last);
});

it("a timeout of many days is none that is over at once", async () => {
  expect(await load({ command: print(ROWS), timeout: "60d" })).toMatchObject({ rows: 2 });
});

describe("options that do not go together are told", () => {
  it.each([
    [{ command: [" "] }, "no-program"],
    [{ command: ["x"], format: "jsonl", delimiter: ";" }, "delimiter-without-csv"],
    [{ command: ["x"], format: "parquet", trailer: "{rows}" }, "trailer-without-lines"],
    [{ command: ["x"], encoding: "UTF-16", trailer: "{rows}" }, "trailer-without-lines"],
    [{ command: ["x"], format: "jsonl", nullValues: ["x"] }, "option-without-csv"],
    [{ command: ["x"], header: false }, "header-and-names"],
  ])("%o", (written, code) => {
    expect(manifest.faultsOf(sourceOf(written)).map((fault) => fault.code)).toEqual([code]);
  });
});
