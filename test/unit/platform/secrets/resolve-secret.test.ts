import { mkdtemp, rm, mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Failure } from "../../../../src/model/failure.js";
import type { SecretRef } from "../../../../src/model/config/secret-ref.js";
import { resolveSecret } from "../../../../src/platform/secrets/resolve-secret.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-secret-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const node = (script: string): SecretRef => ({ command: [process.execPath, "-e", script] });

async function resolved(ref: SecretRef, signal = new AbortController().signal): Promise<string> {
  return (await resolveSecret(ref, { folder, signal, place: "connections.brevo.apiKey" })).reveal();
}

async function failure(ref: SecretRef): Promise<Failure> {
  const error: unknown = await resolved(ref).catch((reason: unknown) => reason);
  if (error instanceof Failure) return error;
  throw new Error("expected a Failure", { cause: error });
}

describe("a secret from the environment", () => {
  test("is the value as it is", async () => {
    vi.stubEnv("ROLLCALL_TEST_KEY", " k e y ");
    expect(await resolved({ env: "ROLLCALL_TEST_KEY" })).toBe(" k e y ");
  });

  test("names a missing or empty variable", async () => {
    vi.stubEnv("ROLLCALL_TEST_KEY", "");
    expect(await failure({ env: "ROLLCALL_TEST_KEY" })).toMatchObject({ kind: "invalid" });
    expect((await failure({ env: "ROLLCALL_TEST_KEY" })).message).toContain("ROLLCALL_TEST_KEY is empty");
    expect((await failure({ env: "ROLLCALL_NO_KEY" })).message).toContain("ROLLCALL_NO_KEY is not set");
  });
});

describe("an invisible character in a secret", () => {
  test.each([
    ["\u200Bs3cret", "U+200B, at its start"],
    ["s3cret\u200B", "U+200B, at its end"],
    ["s3\u00ADcret", "U+00AD, inside of it"],
    ["\uFEFFs3cret", "U+FEFF, at its start"],
    ["s3cret\u00A0", "U+00A0, at its end"],
    ["s3\u202Fcret", "U+202F, inside of it"],
    ["s3cret\u2028", "U+2028, at its end"],
    ["s3cret\u3164", "U+3164, at its end"],
    ["s3cret\u{E0020}", "U+E0020, at its end"],
  ])("such as %j is reported, and nothing else of the key", async (key, where) => {
    vi.stubEnv("ROLLCALL_TEST_KEY", key);
    await writeFile(join(folder, "key"), `${key}\n`);
    for (const ref of [
      { env: "ROLLCALL_TEST_KEY" },
      { file: "key" },
      node(`console.log(${JSON.stringify(key)})`),
    ]) {
      const { kind, message, hint } = await failure(ref);
      expect(kind).toBe("invalid");
      expect(message).toContain(`holds a character that one does not see: ${where}.`);
      expect(`${message} ${hint}`).not.toMatch(/s3|cret/);
    }
  });

  test("letters beyond ASCII are seen, and a password may hold them", async () => {
    vi.stubEnv("ROLLCALL_TEST_KEY", "pässwörd 東京");
    expect(await resolved({ env: "ROLLCALL_TEST_KEY" })).toBe("pässwörd 東京");
  });
});

test.each([
  ["“s3cret”", "U+201C, at its start"],
  ["s3\u0441ret", "U+0441, inside of it"],
  ["s3cret…", "U+2026, at its end"],
])("%s is not an API key, and what no key has is named", async (key, where) => {
  vi.stubEnv("ROLLCALL_TEST_KEY", key);
  const context = { folder, signal: new AbortController().signal, place: "connections.brevo.apiKey" };
  const error: unknown = await resolveSecret({ env: "ROLLCALL_TEST_KEY" }, { ...context, isKey: true }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({
    kind: "invalid",
    message: `The environment variable ROLLCALL_TEST_KEY holds a character that no key has: ${where}.`,
  });
  expect(JSON.stringify(error)).not.toMatch(/s3|ret/);
});

describe("a secret from a file", () => {
  test.each([
    ["key\n", "key"],
    ["key\r\n", "key"],
    ["key", "key"],
  ])("is %j without its line end", async (content, key) => {
    await writeFile(join(folder, "key"), content);
    expect(await resolved({ file: "key" })).toBe(key);
  });

  test("is refused without a word of its content when the file is not a key file", async () => {
    await mkdir(join(folder, "dir"));
    await writeFile(join(folder, "big"), "s3cret".repeat(20_000));
    await writeFile(join(folder, "lines"), "s3cret\nmore\n");
    await writeFile(join(folder, "empty"), "\n");
    for (const [file, why] of [
      ["missing", "does not exist"],
      ["dir", "is a folder"],
      ["big", "is larger than 64 KB"],
      ["lines", "line break"],
      ["empty", "is empty"],
    ] as const) {
      const { kind, message } = await failure({ file });
      expect(kind).toBe("invalid");
      expect(message).toContain(why);
      expect(message).not.toContain("s3cret");
    }
  });
});

describe("a secret from a command", () => {
  test("is its output without the line end, when started in the config's folder without input", async () => {
    await writeFile(join(folder, "key"), "from-file");
    const script = `process.stdin.on("data", () => {}).on("end", () => console.log(require("fs").readFileSync("key", "utf8")))`;
    expect(await resolved(node(script))).toBe("from-file");
  });

  test("comes from arguments that reach it as they are, without a shell", async () => {
    const ref = { command: [process.execPath, "-p", "process.argv[1]", "$(echo pwned); `x` && *"] };
    expect(await resolved(ref)).toBe("$(echo pwned); `x` && *");
  });

  test("fails with the exit code and nothing that was printed", async () => {
    const error = await failure(node(`console.log("s3cret"); console.error("s3cret"); process.exit(3)`));
    expect(error.kind).toBe("auth");
    expect(error.message).toContain("exit code 3");
    expect(`${error.message}${error.hint}${error.stack}${JSON.stringify(error.cause ?? "")}`).not.toContain(
      "s3cret",
    );
  });

  test("fails when the program is missing", async () => {
    expect((await failure({ command: ["rollcall-no-such-program"] })).message).toContain("was not found");
  });

  test("is refused when it is empty, several lines or too long", async () => {
    expect((await failure(node(""))).message).toContain("is empty");
    expect((await failure(node(`console.log("a\\nb")`))).message).toContain("line break");
    expect((await failure(node(`console.log("x".repeat(100_000))`))).message).toContain("more than 64 KB");
  });

  test("is given up on an interrupt", async () => {
    const abort = new AbortController();
    const running = resolved(node("setInterval(() => {}, 1000)"), abort.signal);
    setTimeout(() => abort.abort(new Error("stopped")), 50);
    await expect(running).rejects.toThrow("stopped");
  });
});

test("a command that runs away from a checkout neither runs nor reads its files", async () => {
  await writeFile(join(folder, "evil.cjs"), "console.log('evil')");
  const evil = join(folder, "evil.cjs");
  const away = (...command: string[]): SecretRef => ({ command, away: folder });
  expect(await resolved(away(process.execPath, "-p", "'good'"))).toBe("good");
  expect(await resolved(away(process.execPath, "-p", "process.cwd()"))).toBe("/");
  for (const words of [
    [evil],
    [process.execPath, evil],
    [process.execPath, `--require=${evil}`, "-p", "'good'"],
    ["env", `NODE_PATH=/usr:${folder}`, process.execPath, "-p", "'good'"],
  ])
    expect((await failure(away(...words))).message).toContain("runs or reads a file of the checkout");
  expect(await failure(away(process.execPath, "evil.cjs"))).toMatchObject({ kind: "auth" });
});
