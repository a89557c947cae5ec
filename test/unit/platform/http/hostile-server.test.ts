import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { brevo } from "../../../../src/destinations/brevo/index.js";
import { sendgrid } from "../../../../src/destinations/sendgrid/index.js";
import { Failure } from "../../../../src/model/failure.js";
import { linkedUrl, outwardLookup } from "../../../../src/platform/http/download-rule.js";
import { Http, type HttpRequest } from "../../../../src/platform/http/http.js";
import { RateLimiter } from "../../../../src/platform/http/rate-limiter.js";
import { Secret } from "../../../../src/platform/secrets/secret.js";
import type { Destination } from "../../../../src/plugin/destination.js";
import { startFaultServer, type Arrived, type FaultServer } from "../../../support/fault-server.js";
import { CONNECTION } from "../../destinations/sendgrid/attributes.js";

const KEY = "SG.canary-key-4711";
const ADDRESS = "canary@secret.example";
const signal = new AbortController().signal;

let folder: string;
let thief: FaultServer;
let server: FaultServer;
let step: (request: Arrived, response: ServerResponse) => void;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-hostile-"));
  thief = await startFaultServer([{ status: 200, body: "{}" }]);
  server = await startFaultServer([(request, response) => step(request, response)]);
});
afterAll(async () => {
  await thief.close();
  await server.close();
  await rm(folder, { recursive: true });
});

const json =
  (body: string | Uint8Array, headers: Record<string, string> = {}, status = 200) =>
  (_request: Arrived, response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(body);
  };
const nested = (depth: number, inner: string): string => `${"[".repeat(depth)}${inner}${"]".repeat(depth)}`;

/** Message of what a read ends with; it has to end, with an error, and without key and address. */
async function ending(work: Promise<unknown>): Promise<{ message: string; failure: boolean }> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  const { message, hint } = error as Failure;
  const told = error instanceof Failure ? `${message} ${hint}` : (error as Error).name;
  expect(told).not.toMatch(/canary/);
  return { message: told, failure: error instanceof Failure };
}

const READS: Readonly<Record<string, (destination: Destination) => Promise<unknown>>> = {
  account: (destination) => destination.account(signal),
  lists: (destination) => destination.lists(signal),
  fields: (destination) => destination.fields(signal),
  optOuts: (destination) => destination.optOuts({ lists: ["1"], since: undefined }, signal),
};

describe.each(["brevo", "sendgrid"] as const)("%s", (vendor) => {
  const open = (): Destination =>
    ({ brevo, sendgrid })[vendor].open({
      connection: { ...CONNECTION, type: vendor, baseUrl: server.url, requestTimeoutSeconds: 5 },
      apiKey: new Secret(KEY),
      folder,
      scratch: folder,
      spent: {},
    });

  it.each<[string, (request: Arrived, response: ServerResponse) => void]>([
    ["an answer without end", (_request, response) => drown(response)],
    ["nested a hundred thousand deep", json(nested(100_000, `"${ADDRESS}"`))],
    [
      "a contact nested deep",
      json(`{"contacts":[${nested(50_000, "1")}],"count":1,"result":${nested(9, "1")}}`),
    ],
    ["text", json(`"${ADDRESS}"`)],
    ["a number", json("42")],
    ["null", json("null")],
    ["lists that are none", json(`{"lists":7,"result":"${ADDRESS}","contacts":{"length":1e9},"count":1}`)],
    ["NUL and broken UTF-8", json(Buffer.from([0x7b, 0x00, 0xff, 0xfe, 0x22]))],
    ["a page", json(`<html>${ADDRESS} ${KEY}</html>`, { "content-type": "text/html" })],
    ["an error that repeats key and address", json(`{"code":"x","message":"${KEY} ${ADDRESS}"}`, {}, 400)],
    ["the same, refused", json(`{"errors":[{"message":"${KEY} ${ADDRESS}"}]}`, {}, 401)],
    ["a redirect to another host", (_request, response) => redirect(response, 302)],
    ["a permanent one", (_request, response) => redirect(response, 308)],
  ])("%s ends every read, and tells nothing", { timeout: 60_000 }, async (_name, answer) => {
    step = answer;
    const endings: string[] = [];
    for (const [name, read] of Object.entries(READS)) {
      // Whoever cannot tell that there is nothing may not go on as if there were.
      const { message, failure } = await ending(read(open()).then(() => mustNotBeEmpty(name)));
      expect(failure, `${name}: ${message}`).toBe(true);
      endings.push(message);
    }
    expect(endings).toHaveLength(4);
    expect(thief.arrived).toEqual([]);
  });

  it("pages without end come to one", { timeout: 60_000 }, async () => {
    const page = Array.from({ length: 1000 }, (_, index) => ({
      id: vendor === "brevo" ? index + 1 : `${index + 1}`,
      email: ADDRESS,
      name: "x",
      contact_count: 1,
      emailBlacklisted: false,
      listIds: [],
      attributes: {},
    }));
    step = (request, response) => {
      const next = `${server.url}${request.url}&page_token=${Math.random()}`;
      const all = { lists: page, result: page, contacts: page, count: 1e15, _metadata: { next } };
      json(JSON.stringify(request.url.includes("suppression") ? page : all))(request, response);
    };
    expect((await ending(open().lists(signal))).message).toMatch(/cannot be paged: the same page came twice/);
    const { message } = await ending(READS["optOuts"]!(open()));
    expect(message).toMatch(/same page came twice|which cannot be/);
  });
});

describe("the client", () => {
  const READ: HttpRequest = { method: "GET", path: "/x", bucket: "b", kind: "read" };
  const http = (more: Partial<ConstructorParameters<typeof Http>[0]> = {}): Http =>
    new Http({
      baseUrl: server.url,
      headers: () => ({ authorization: `Bearer ${KEY}` }),
      buckets: new RateLimiter({ buckets: "none" }),
      parseReset: () => undefined,
      backoffMs: 1,
      timeoutMs: 300,
      maxResponseBytes: 100_000,
      ...more,
    });

  it.each<[string, (request: Arrived, response: ServerResponse) => void, RegExp]>([
    ["drips", (_request, response) => drip(response), /took too long/],
    [
      "promises more than it sends",
      (_r, response) => shortOf(response, 5000),
      /lost the connection|too long/,
    ],
    ["floods headers", (_r, response) => flood(response), /HEADERS_OVERFLOW/],
    ["sends more than is held", json("x".repeat(200_000)), /more than 100000 bytes/],
  ])("names a server that %s", { timeout: 20_000 }, async (_name, answer, expected) => {
    step = answer;
    expect((await ending(http().send(READ, signal))).message).toMatch(expected);
  });

  it("shows no key to a proxy of the environment", async () => {
    for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"])
      process.env[name] = thief.url;
    step = json("{}");
    expect((await http().send(READ, signal)).status).toBe(200);
    for (const name of ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"]) delete process.env[name];
    expect(thief.arrived).toEqual([]);
  });

  it("a proxy that is not used is named where nothing can be reached, and its password is not", async () => {
    vi.stubEnv("HTTPS_PROXY", "http://anna:s3cret@127.0.0.1:1");
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const unreachable = http({ baseUrl: "https://nowhere.invalid" });
    const { message, hint } = await unreachable.send({ ...READ, kind: "write" }, signal).then(
      () => new Failure("permanent", "it was reached"),
      (error: unknown) => error as Failure,
    );
    expect(message).toContain("could not connect");
    expect(hint).toContain("HTTPS_PROXY is set, but Rollcall connects without a proxy.");
    expect(`${message} ${hint}`).not.toMatch(/anna|s3cret/);
  });

  it("downloads are bounded in size and time, are nobody else's to read, and follow nothing", async () => {
    const target = join(folder, "download");
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const tries: [(request: Arrived, response: ServerResponse) => void, number, RegExp][] = [
      [json(bomb), 60_000, /longer than 1000000 bytes/],
      [(_request, response) => drip(response), 500, /longer than 0.5 seconds/],
      [(_request, response) => redirect(response, 302), 60_000, /answered with 302/],
    ];
    for (const [answer, downloadMs, expected] of tries) {
      step = answer;
      const client = http({ maxDownloadBytes: 1_000_000, downloadMs });
      const { message } = await ending(client.download(`${server.url}/f?secret=canary`, target, signal));
      expect(message).toMatch(expected);
    }
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    expect((await readFile(target)).length).toBeLessThan(2_000_000);
    expect(thief.arrived).toEqual([]);
    expect((await readdir(folder)).filter((name) => name === "download")).toHaveLength(1);
  });
});

describe("links of an answer", () => {
  const vendor = new URL("https://api.brevo.com/v3");
  it.each([
    "file:///etc/passwd",
    "ftp://files.example.com/x",
    "http://files.example.com/x",
    "data:text/csv,x",
    "https://127.0.0.1/x",
    "http://localhost:8080/x",
    "http://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://[fe80::1]/x",
    "https://[fd00::1]/x",
    "https://10.1.2.3/x",
    "https://172.20.1.1/x",
    "https://192.168.1.1/x",
    "https://0x7f000001/x",
    "https://2130706433/x",
    "https://0/x",
    "https://user:pass@files.example.com/x",
    "not a link",
  ])("%s is not followed", (link) => {
    expect(() => linkedUrl(link, vendor)).toThrow(Failure);
  });

  it("those of a vendor's files are; those of a sandbox only from a sandbox", () => {
    expect(linkedUrl("https://s3.eu-west-1.amazonaws.com/x?sig=1", vendor).pathname).toBe("/x");
    expect(linkedUrl("http://127.0.0.1:99/x", new URL("http://localhost:8025/v3")).port).toBe("99");
    expect(() => linkedUrl("https://169.254.169.254/x", new URL("http://localhost:8025/v3"))).toThrow(
      Failure,
    );
  });

  it("a name that stands for this machine is not connected to", async () => {
    const error = await new Promise<unknown>((done) =>
      outwardLookup(vendor)("localhost", { all: false }, (reason) => done(reason)),
    );
    expect(error).toBeInstanceOf(Failure);
  });
});

function mustNotBeEmpty(name: string): never {
  throw new Failure("permanent", `${name} went well`);
}

function drown(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const chunk = Buffer.alloc(4 << 20, "a");
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "application/json" });
  const timer = setInterval(() => (response.destroyed ? clearInterval(timer) : response.write(" ")), 20);
}

function shortOf(response: ServerResponse, promised: number): void {
  response.writeHead(200, { "content-length": String(promised) });
  response.write("{}");
  setTimeout(() => response.socket?.destroy(), 20);
}

function flood(response: ServerResponse): void {
  for (let index = 0; index < 500; index++) response.setHeader(`x-${index}`, "y".repeat(500));
  response.end("{}");
}

function redirect(response: ServerResponse, status: number): void {
  response.writeHead(status, { location: `${thief.url}/caught` });
  response.end();
}
