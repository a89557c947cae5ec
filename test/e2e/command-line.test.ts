import { spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { project, rollcall } from "../support/rollcall.js";

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "rollcall-cli-"));
});
afterEach(() => rm(cwd, { recursive: true }));

describe("the command line", () => {
  test("prints only the version of the package for --version", async () => {
    const { version } = JSON.parse(await readFile(`${project}package.json`, "utf8")) as { version: string };
    expect(await rollcall(["--version"], { cwd })).toMatchObject({
      code: 0,
      stdout: `${version}\n`,
      stderr: "",
    });
  });

  test("shows the help when no command is given", async () => {
    const { code, stdout } = await rollcall([], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("Exit codes:");
  });

  test("refuses an unknown command as wrong usage, and names the nearest one", async () => {
    const { code, stderr, stdout } = await rollcall(["aply"], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("Did you mean apply?");
  });

  test("refuses an unknown option as wrong usage, under --json as events", async () => {
    const { code, events } = await rollcall(["plan", "--bogus", "--json"], { cwd });
    expect(code).toBe(3);
    expect(events.map(({ type }) => type)).toEqual(["version", "error", "end"]);
  });

  test("flushes what it prints although nobody reads to the end", async () => {
    const child = spawn(
      "bash",
      [
        "-c",
        `"$0" "$1" schema config | head -n 1; echo "\${PIPESTATUS[0]}"`,
        process.execPath,
        `${project}dist/command/rollcall.js`,
      ],
      { cwd },
    );
    let text = "";
    child.stdout.on("data", (part: Buffer) => (text += part.toString()));
    await new Promise((resolve) => child.once("close", resolve));
    expect(text).toBe("{\n0\n");
  });
});

describe("init, validate, fmt", () => {
  test.each(["file", "brevo", "sendgrid"])("what init writes for %s is valid and formatted", async (type) => {
    expect((await rollcall(["init", "--to", type], { cwd })).code).toBe(0);
    expect((await rollcall(["validate"], { cwd })).code).toBe(0);
    expect((await rollcall(["fmt", "--check"], { cwd })).code).toBe(0);
    expect(await rollcall(["test"], { cwd })).toMatchObject({ code: 0, stderr: "" });
    expect(await readFile(join(cwd, ".gitignore"), "utf8")).toContain(".rollcall/");
  });

  test("init overwrites nothing", async () => {
    await writeFile(join(cwd, "exports.config.yaml"), "mine");
    expect((await rollcall(["init"], { cwd })).code).toBe(3);
    expect(await readFile(join(cwd, "exports.config.yaml"), "utf8")).toBe("mine");
    expect(await readdir(cwd)).toEqual(["exports.config.yaml"]);
  });

  test("validate without a config says what to do", async () => {
    const { code, stderr } = await rollcall(["validate"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("rollcall init");
  });

  test("all problems are shown with their place, on stderr, and counted", async () => {
    await writeFile(join(cwd, "exports.config.yaml"), "version: 2\nexprots: {}\n");
    const { code, stdout, stderr } = await rollcall(["validate"], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("exports.config.yaml:1:10");
    expect(stderr).toContain("`exports`");
    expect(stderr).toMatch(/^2 errors$/m);
  });

  test("fmt --check changes nothing, fmt does, and a second fmt has nothing to do", async () => {
    await rollcall(["init"], { cwd });
    const path = join(cwd, "exports.config.yaml");
    const good = await readFile(path, "utf8");
    await writeFile(path, good.replace("version: 1", "version:    1"));
    const check = await rollcall(["fmt", "--check", "--diff"], { cwd });
    expect(check.code).toBe(3);
    expect(check.stdout).toContain("-version:    1");
    expect(await readFile(path, "utf8")).not.toBe(good);
    expect((await rollcall(["fmt"], { cwd })).code).toBe(0);
    expect(await readFile(path, "utf8")).toBe(good);
    expect((await rollcall(["fmt", "--check"], { cwd })).code).toBe(0);
  });

  test("the configuration of this repository is valid and formatted", async () => {
    expect((await rollcall(["validate", "-C", project], { cwd })).code).toBe(0);
    expect((await rollcall(["-C", project, "fmt", "--check"], { cwd })).code).toBe(0);
    const nowhere = await rollcall(["validate", "-C", join(project, "nowhere")], { cwd });
    expect(nowhere.code).toBe(3);
    expect(nowhere.stderr).toContain("There is no folder");
  });
});

describe("apply without a terminal", () => {
  test("refuses before it does anything, and names --auto-approve", async () => {
    const { code, stderr } = await rollcall(["apply"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("--auto-approve");
  });
});

describe("sandbox", () => {
  test("tells where it answers, and ends with Ctrl-C", async () => {
    const child = spawn(
      process.execPath,
      [`${project}dist/command/rollcall.js`, "sandbox", "--port", "0", "--json"],
      { cwd },
    );
    let text = "";
    const ready = new Promise<void>((resolve) => {
      child.stdout.on("data", (part: Buffer) => {
        text += part.toString();
        if (text.includes('"result"') && text.endsWith("\n")) resolve();
      });
    });
    await ready;
    const url = /"brevoUrl":"([^"]+)"/.exec(text)?.[1] ?? "";
    expect((await fetch(`${url}/account`)).status).toBe(401);
    child.kill("SIGINT");
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(0);
    await expect(fetch(`${url}/account`)).rejects.toThrow();
  });
});

describe("--json", () => {
  test("owns stdout and frames the stream, and every line fits the published schema", async () => {
    const read = async (name: string): Promise<object> =>
      JSON.parse((await rollcall(["schema", name], { cwd })).stdout) as object;
    const ajv = new Ajv2020({ strictRequired: false });
    formats.default(ajv);
    for (const name of ["plan", "results", "drift", "adoption"]) ajv.addSchema(await read(name));
    const valid = ajv.compile(await read("events"));
    await rollcall(["init"], { cwd });
    for (const words of [
      ["validate"],
      ["fmt"],
      ["plan"],
      ["connections", "test"],
      ["schema"],
      ["apply", "--auto-approve"],
    ]) {
      const { events, code } = await rollcall([...words, "--json"], { cwd });
      expect(events[0], words.join(" ")).toMatchObject({ type: "version", format: "1.0" });
      expect(events.at(-1), words.join(" ")).toMatchObject({ type: "end", exitCode: code });
      for (const event of events) {
        valid(event);
        expect(valid.errors ?? [], JSON.stringify(event)).toEqual([]);
      }
    }
  });
});
