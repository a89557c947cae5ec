import { createServer, type Server } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Answer {
  readonly outcome: "clean" | "found" | "not run";
  readonly reason?: string;
  readonly findings?: readonly { readonly name: string; readonly nodes: readonly string[] }[];
}
interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly error?: { readonly code: string };
}

const MODULE = new URL("../../../.ci/audit/ask-npm.mjs", import.meta.url).href;
const { judge } = (await import(MODULE)) as { judge: (ended: Ended) => Answer };

describe("npm's audit against a registry on loopback", () => {
  let folder: string;
  let server: Server;
  let answer: { status: number; body: string };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "rollcall-audit-"));
    const dependencies = { "some-library": "1.0.0" };
    await writeFile(
      join(folder, "package.json"),
      JSON.stringify({ name: "a", version: "1.0.0", dependencies }),
    );
    const library = { version: "1.0.0", integrity: "sha512-x" };
    const packages = {
      "": { name: "a", version: "1.0.0", dependencies },
      "node_modules/some-library": library,
    };
    const lock = { name: "a", version: "1.0.0", lockfileVersion: 3, requires: true, packages };
    await writeFile(join(folder, "package-lock.json"), JSON.stringify(lock));
    server = createServer((request, response) => {
      request.resume();
      if (request.method === "POST") return void response.writeHead(answer.status).end(answer.body);
      const versions = { "1.0.0": { name: "some-library", version: "1.0.0" } };
      response.end(JSON.stringify({ name: "some-library", "dist-tags": { latest: "1.0.0" }, versions }));
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  });
  afterAll(async () => {
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = async (registry: string): Promise<Answer> => {
    const program = `import(${JSON.stringify(MODULE)}).then(({ askNpm }) => console.log(JSON.stringify(askNpm([], { cwd: ${JSON.stringify(folder)} }))))`;
    const child = spawn(process.execPath, ["-e", program], {
      env: { ...process.env, npm_config_registry: registry, HOME: folder, npm_config_audit: "true" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    await new Promise((done) => child.once("close", done));
    return JSON.parse(text) as Answer;
  };
  const url = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const advisory = {
    id: 1,
    url: "https://example.com/1",
    title: "It lets people in",
    severity: "high",
    vulnerable_versions: "<2",
  };

  it.each([
    ["ran and found nothing", 200, "{}", { outcome: "clean" }],
    [
      "ran and found something",
      200,
      JSON.stringify({ "some-library": [advisory] }),
      { outcome: "found", findings: [{ name: "some-library", nodes: ["node_modules/some-library"] }] },
    ],
    ["may not be asked", 405, "{}", { outcome: "not run", reason: "405 Method Not Allowed" }],
    ["answers with something else", 200, "<html>Log in first</html>", { outcome: "not run" }],
  ])("%s", async (_, status, body, expected) => {
    answer = { status, body };
    expect(await ask(url())).toMatchObject(expected);
  });

  it("does not answer", async () => {
    expect(await ask("http://127.0.0.1:9/")).toMatchObject({ outcome: "not run", reason: "ECONNREFUSED" });
  });
});

describe("what npm prints of signatures", () => {
  const wrong = { name: "x", version: "1.0.0", location: "node_modules/x" };
  it.each<[string, Ended, object]>([
    ["all right", { status: 0, stdout: '{"invalid": [], "missing": []}', stderr: "" }, { outcome: "clean" }],
    [
      "a wrong one",
      { status: 1, stdout: JSON.stringify({ invalid: [wrong], missing: [] }), stderr: "" },
      { outcome: "found", findings: [{ name: "x", nodes: ["node_modules/x"] }] },
    ],
    [
      "one that is missing",
      { status: 1, stdout: JSON.stringify({ invalid: [], missing: [wrong] }), stderr: "" },
      { outcome: "found" },
    ],
    [
      "keys that cannot be had",
      { status: 1, stdout: '{"error": {"code": "ENOTFOUND"}}', stderr: "npm error code ENOTFOUND" },
      { outcome: "not run", reason: "ENOTFOUND" },
    ],
    [
      "a message that speaks of what is missing",
      { status: 1, stdout: "", stderr: "npm error missing or invalid answer" },
      { outcome: "not run", reason: "npm ended with 1 and no report" },
    ],
    [
      "a good report of a run that failed",
      { status: 1, stdout: '{"invalid": [], "missing": []}', stderr: "" },
      { outcome: "not run" },
    ],
    [
      "npm that is not there",
      { status: null, stdout: "", stderr: "", error: { code: "ENOENT" } },
      { outcome: "not run", reason: "ENOENT" },
    ],
    ["nothing, and success", { status: 0, stdout: "", stderr: "" }, { outcome: "not run" }],
  ])("%s", (_, ended, expected) => expect(judge(ended)).toMatchObject(expected));
});
