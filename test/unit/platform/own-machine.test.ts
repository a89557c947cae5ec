import { request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { explainForeignRequest } from "../../../src/platform/own-machine.js";
import { startProbes, textProbe, type ProbeServer } from "../../../src/platform/probe-server.js";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.js";

describe("a request to a server on loopback", () => {
  it.each([
    ["127.0.0.1:8025", undefined],
    ["LocalHost:8025", undefined],
    ["localhost", undefined],
    ["[::1]:8025", undefined],
    ["127.0.0.2:1", undefined],
    [undefined, undefined],
    ["127.0.0.1:8025", "http://127.0.0.1:8025"],
  ])("may name %s and come from %s", (host, origin) => {
    expect(explainForeignRequest({ host, origin })).toBeUndefined();
  });

  it.each([
    ["evil.example:8025", undefined],
    ["evil.example:8025", "http://evil.example:8025"],
    ["127.0.0.1.evil.example", undefined],
    ["localhost.evil.example:8025", undefined],
    ["evil.example#127.0.0.1", undefined],
    ["0.0.0.0:8025", undefined],
    ["[::2]:8025", undefined],
    ["", undefined],
    ["127.0.0.1:8025", "https://evil.example"],
    ["127.0.0.1:8025", "https://127.0.0.1:8025"],
    ["127.0.0.1:8025", "http://127.0.0.1:3000"],
    ["127.0.0.1:8025", "http://localhost:8025"],
    ["127.0.0.1:8025", "null"],
    [undefined, "http://undefined"],
  ])("may not name %s and come from %s", (host, origin) => {
    expect(explainForeignRequest({ host, origin })).toMatch(/^This server answers /);
  });
});

let sandbox: Sandbox | undefined;
let probes: ProbeServer | undefined;
afterEach(async () => {
  await sandbox?.stop();
  await probes?.close();
  sandbox = probes = undefined;
});

/** The status of an answer, to a request with these headers instead of a client's own. */
function status(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    sent.on("error", reject).end(body);
  });
}

const KEYS = { "api-key": "sandbox-brevo-key", authorization: "Bearer SG.sandbox-key" };
const PATHS = [
  "/",
  "/state",
  "/contact",
  "/brevo/v3/account",
  "/sendgrid/v3/marketing/lists",
  "/files/x",
  "/y",
];

describe("the sandbox", () => {
  it.each(PATHS)("answers %s under its own names only, and no other page", async (path) => {
    sandbox = await startSandbox({ delays: "none" });
    const url = sandbox.url + path;
    const { port } = new URL(url);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`])
      expect(await status(url, "GET", { ...KEYS, host })).not.toBe(403);
    expect(await status(url, "GET", { ...KEYS, host: `evil.example:${port}` })).toBe(403);
    expect(await status(url, "GET", { ...KEYS, origin: "https://evil.example" })).toBe(403);
  });

  it("neither carries out nor counts a request that it refuses so", async () => {
    sandbox = await startSandbox({ delays: "none" });
    const list = sandbox.brevo().addList("people");
    const body = JSON.stringify({ email: "ann@example.com", listIds: [list] });
    const url = `${sandbox.brevoUrl}/contacts`;
    const type = { "content-type": "application/json" };
    expect(await status(url, "POST", { ...KEYS, ...type, host: "evil.example" }, body)).toBe(403);
    expect(await status(url, "POST", { ...KEYS, ...type, origin: "http://localhost:3000" }, body)).toBe(403);
    expect(sandbox.brevo().members(list)).toEqual([]);
    expect(sandbox.stats().requests).toBe(0);
    expect(await status(url, "POST", { ...KEYS, ...type }, body)).toBe(201);
    expect(sandbox.brevo().members(list)).toHaveLength(1);
  });
});

describe("health and metrics", () => {
  const said = { "/metrics": () => textProbe(200, "fine\n") };

  it("are answered on loopback under its own names only", async () => {
    probes = await startProbes({ host: "127.0.0.1", port: 0 }, said);
    const url = `${probes.url}/metrics`;
    expect(await status(url, "GET", {})).toBe(200);
    expect(await status(url, "GET", { host: "localhost:9464" })).toBe(200);
    expect(await status(url, "GET", { host: "evil.example:9464" })).toBe(403);
    expect(await status(url, "GET", { origin: "http://evil.example" })).toBe(403);
  });

  it("are answered under any name where they listen for other machines", async () => {
    probes = await startProbes({ host: "0.0.0.0", port: 0 }, said);
    const url = `http://127.0.0.1:${new URL(probes.url).port}/metrics`;
    expect(await status(url, "GET", { host: "rollcall.monitoring.svc:9464" })).toBe(200);
  });
});
