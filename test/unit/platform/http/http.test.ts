import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Failure } from "../../../../src/model/failure.js";
import { anyObject } from "../../../../src/platform/http/shape.js";
import { Http, type HttpOptions, type HttpRequest } from "../../../../src/platform/http/http.js";
import { postJson } from "../../../../src/platform/http/post.js";
import { RateLimiter } from "../../../../src/platform/http/rate-limiter.js";
import { startFaultServer, type FaultServer, type Step } from "../../../support/fault-server.js";

const KEY = "SG.canary-key";
const cleanups: (() => Promise<unknown>)[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-http-"));
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  await rm(folder, { recursive: true, force: true });
});

async function setUp(
  script: Step[],
  options: Partial<HttpOptions> = {},
): Promise<{ http: Http; server: FaultServer }> {
  const server = await startFaultServer(script);
  const http = new Http({
    baseUrl: `${server.url}/v3`,
    headers: () => ({ authorization: `Bearer ${KEY}` }),
    buckets: new RateLimiter({ buckets: "none" }),
    backoffMs: 2,
    parseReset: (headers) =>
      headers["x-reset"] === undefined
        ? undefined
        : { remaining: 0, resetSeconds: Number(headers["x-reset"]) },
    ...options,
  });
  cleanups.push(
    () => http.close(),
    () => server.close(),
  );
  return { http, server };
}

const READ: HttpRequest = { method: "GET", path: "/things", bucket: "b", kind: "read" };
const WRITE: HttpRequest = { method: "PUT", path: "/things", body: '{"a":1}', bucket: "b", kind: "write" };
const go = (): AbortSignal => new AbortController().signal;

async function failure(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Failure);
  const found = error as Failure;
  expect(`${found.message} ${found.hint}`).not.toContain(KEY);
  return found;
}

describe("requests", () => {
  it("keep the path of the base URL, send key, query and body", async () => {
    const { http, server } = await setUp([
      { status: 201, headers: { "X-Request-Id": "abc-1" }, body: '{"id":7}' },
    ]);
    const response = await http.send({ ...WRITE, query: { n: 5, none: undefined, id: ["a b", "c"] } }, go());
    expect(response).toMatchObject({ status: 201, requestId: "abc-1", text: '{"id":7}' });
    expect(response.read(anyObject)).toEqual({ id: 7 });
    expect(server.arrived[0]).toMatchObject({
      method: "PUT",
      url: "/v3/things?n=5&id=a+b&id=c",
      body: '{"a":1}',
    });
    expect(server.arrived[0]!.headers).toMatchObject({
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "content-length": "7",
    });
  });

  it("reuse connections", async () => {
    const { http, server } = await setUp([{ status: 200 }]);
    for (let i = 0; i < 10; i++) await http.send(READ, go());
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it("return a 4xx for the plug-in to read", async () => {
    const { http, server } = await setUp([{ status: 403, body: '{"message":"no"}' }]);
    expect((await http.send(READ, go())).status).toBe(403);
    expect(server.arrived).toHaveLength(1);
  });

  it("are refused over plain http to another machine, and with a key in the URL", () => {
    const at = (baseUrl: string) => () =>
      new Http({
        baseUrl,
        headers: () => ({}),
        buckets: new RateLimiter({ buckets: "none" }),
        parseReset: () => undefined,
      });
    expect(at("http://api.example.com")).toThrow(/not encrypted/);
    expect(at("https://user:secret@api.example.com")).toThrow(/user name or password/);
    expect(at("nonsense")).toThrow(/not a URL/);
    expect(at("http://[::1]:80")).not.toThrow();
    expect(at("http://127.0.0.1.example.com")).toThrow(/not encrypted/);
  });

  it("follow no redirect", async () => {
    const other = await startFaultServer([{ status: 200 }]);
    cleanups.push(() => other.close());
    const { http } = await setUp([{ status: 302, headers: { location: other.url } }]);
    expect((await failure(http.send(READ, go()))).kind).toBe("permanent");
    expect(other.arrived).toHaveLength(0);
  });

  it("say so when the answer is an HTML page, without quoting it", async () => {
    const { http } = await setUp([{ status: 200, body: "<html>secret@example.com</html>" }]);
    const response = await http.send(READ, go());
    const wrong = await failure(Promise.resolve().then(() => response.read(anyObject)));
    expect(wrong).toMatchObject({ kind: "permanent" });
    expect(wrong.message).toMatch(/HTML page/);
    expect(wrong.message).not.toContain("secret@");
    const written = await http.send(WRITE, go());
    expect((await failure(Promise.resolve().then(() => written.read(anyObject)))).kind).toBe(
      "unknown-outcome",
    );
  });

  it("leave addresses in a path out of messages", async () => {
    const { http } = await setUp([{ status: 500 }]);
    const lost = await failure(http.send({ ...WRITE, path: "/contacts/canary%40example.com/x" }, go()));
    expect(lost.message).not.toContain("canary");
    expect(lost.message).toContain("/contacts/{address}/x");
  });

  it("refuse an answer that is too long", async () => {
    const { http } = await setUp([{ status: 200, body: "x".repeat(2000) }], { maxResponseBytes: 1000 });
    expect((await failure(http.send(READ, go()))).kind).toBe("permanent");
    expect((await failure(http.send(WRITE, go()))).kind).toBe("unknown-outcome");
  });
});

describe("reads", () => {
  it.each<[string, Step]>([
    ["500", { status: 500 }],
    ["503 with a page", { status: 503, body: "<html>" }],
    ["a cut connection", "reset"],
    ["a cut answer", "truncate"],
    ["429", { status: 429 }],
    ["408", { status: 408 }],
  ])("are sent again after %s", async (_name, step) => {
    const { http, server } = await setUp([step, step, { status: 200, body: '{"ok":true}' }]);
    expect((await http.send(READ, go())).read(anyObject)).toEqual({ ok: true });
    expect(server.arrived).toHaveLength(3);
  });

  it("are sent again after silence", async () => {
    const { http, server } = await setUp(["silence", { status: 200 }], { timeoutMs: 150 });
    expect((await http.send(READ, go())).status).toBe(200);
    expect(server.arrived).toHaveLength(2);
  });

  it("end after five tries with the request id", async () => {
    const { http, server } = await setUp([{ status: 502, headers: { "sib-request-id": "id-9" } }]);
    const lost = await failure(http.send(READ, go()));
    expect(lost.kind).toBe("transient");
    expect(lost.message).toContain("id-9");
    expect(server.arrived).toHaveLength(5);
  });

  it("end with a rate-limit failure when 429 does not end", async () => {
    const { http, server } = await setUp([{ status: 429, headers: { "x-reset": "0" } }]);
    expect(await failure(http.send(READ, go()))).toMatchObject({ kind: "rate-limit", retryAfter: 0 });
    expect(server.arrived).toHaveLength(8);
  });

  it.each<[string, Record<string, string>, number]>([
    ["more than it is worth", { "x-reset": "30" }, 1],
    ["more, as a number of seconds", { "retry-after": "30" }, 1],
    ["more, as a date", { "retry-after": new Date(Date.now() + 60_000).toUTCString() }, 1],
    ["a little more each time", { "x-reset": "0.06" }, 4],
    ["hardly anything", { "x-reset": "0.001" }, 8],
    ["a time that has passed", { "retry-after": new Date(0).toUTCString() }, 8],
    ["less than nothing", { "retry-after": "-5" }, 8],
    ["for ever", { "retry-after": "1e99" }, 8],
    ["something odd", { "retry-after": "NaN" }, 8],
    ["nothing in particular", {}, 8],
  ])("are given up when a 429 without end asks for %s", async (_name, headers, tries) => {
    const { http, server } = await setUp([{ status: 429, headers }], {
      buckets: new RateLimiter({ buckets: "none", connection: "newsletter" }),
      timeoutMs: 200,
      backoffMs: 0.1,
    });
    const refused = await failure(http.send(READ, go()));
    expect(refused.kind).toBe("rate-limit");
    expect(refused.message).toContain('"newsletter"');
    expect(refused.hint).toMatch(/Run again (in \d+ seconds? or )?later/);
    expect(server.arrived.length).toBeLessThanOrEqual(tries);
    // Nor does the next request wait for it all over again.
    await failure(http.send(WRITE, go()));
    expect(server.arrived.length).toBeLessThanOrEqual(tries * 2);
  });

  it("begin to be waited for again once something was answered", async () => {
    const refusal: Step = { status: 429, headers: { "x-reset": "0.15" } };
    const { http, server } = await setUp([refusal, { status: 200 }, refusal, { status: 200 }], {
      timeoutMs: 250,
    });
    for (let i = 0; i < 2; i++) expect((await http.send(READ, go())).status).toBe(200);
    expect(server.arrived).toHaveLength(4);
  });

  it("can be stopped while a 429 is waited for", async () => {
    const { http } = await setUp([{ status: 429, headers: { "x-reset": "20" } }]);
    const stop = new AbortController();
    const reading = failure(http.send(READ, stop.signal));
    setTimeout(() => stop.abort(), 100);
    expect((await reading).kind).toBe("interrupted");
  });

  it("stop at once when aborted", async () => {
    const { http } = await setUp(["silence"]);
    const stop = new AbortController();
    const reading = failure(http.send(READ, stop.signal));
    setTimeout(() => stop.abort(), 30);
    expect((await reading).kind).toBe("interrupted");
    expect((await failure(http.send(READ, stop.signal))).kind).toBe("interrupted");
  });
});

describe("writes", () => {
  it.each<[string, Step]>([
    ["500", { status: 500 }],
    ["524 with a page", { status: 524, body: "<html>" }],
    ["a cut connection", "reset"],
    ["a cut answer", "truncate"],
    ["silence", "silence"],
  ])("are sent once and end unknown after %s", async (_name, step) => {
    const { http, server } = await setUp([step, { status: 202 }], { timeoutMs: 200 });
    expect((await failure(http.send(WRITE, go()))).kind).toBe("unknown-outcome");
    expect(server.arrived).toHaveLength(1);
  });

  it("wait for the reset after a 429, which did nothing", async () => {
    const { http, server } = await setUp([{ status: 429, headers: { "x-reset": "0.01" } }, { status: 202 }]);
    expect((await http.send(WRITE, go())).status).toBe(202);
    expect(server.arrived).toHaveLength(2);
  });

  it("are surely not carried out when nothing listens", async () => {
    const probe = createServer();
    await new Promise<void>((done) => probe.listen(0, "127.0.0.1", done));
    const { port } = probe.address() as { port: number };
    await new Promise((done) => probe.close(done));
    const { http } = await setUp([{ status: 200 }], { baseUrl: `http://127.0.0.1:${port}` });
    expect((await failure(http.send(WRITE, go()))).kind).toBe("transient");
  });

  it("are unknown when aborted in flight, and never sent when aborted before", async () => {
    const { http, server } = await setUp(["silence"]);
    const stop = new AbortController();
    const writing = failure(http.send(WRITE, stop.signal));
    while (server.arrived.length === 0) await new Promise((tick) => setTimeout(tick, 5));
    stop.abort();
    expect((await writing).kind).toBe("unknown-outcome");
    expect((await failure(http.send(WRITE, stop.signal))).kind).toBe("interrupted");
    expect(server.arrived).toHaveLength(1);
  });
});

describe("downloads", () => {
  const text = '{"contact_id":"1"}\n'.repeat(10_000);

  it.each([
    ["plain", text],
    ["gzip", gzipSync(text)],
    ["empty", ""],
    ["one byte", "x"],
  ])("save a %s file privately, without the key", async (_name, body) => {
    const { http, server } = await setUp([{ status: 200, body }]);
    const path = join(folder, "file");
    await http.download(`${server.url}/export?X-Signature=s`, path, go());
    expect(await readFile(path, "utf8")).toBe(typeof body === "string" ? body : text);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(server.arrived[0]!.headers.authorization).toBeUndefined();
    expect(server.arrived[0]!.url).toBe("/export?X-Signature=s");
  });

  it("start again after a cut", async () => {
    const { http, server } = await setUp([
      "truncate",
      { status: 503 },
      { status: 200, body: gzipSync(text) },
    ]);
    await http.download(`${server.url}/export`, join(folder, "file"), go());
    expect(await readFile(join(folder, "file"), "utf8")).toBe(text);
  });

  it("fail on a gzip file that is cut short", async () => {
    const { http, server } = await setUp([{ status: 200, body: gzipSync(text).subarray(0, 60) }]);
    const cut = await failure(http.download(`${server.url}/export?sig=hidden`, join(folder, "file"), go()));
    expect(cut.message).not.toContain("hidden");
  });

  it("say that an expired link has expired", async () => {
    const { http, server } = await setUp([{ status: 403 }]);
    expect((await failure(http.download(`${server.url}/export`, join(folder, "f"), go()))).kind).toBe(
      "not-found",
    );
    expect(server.arrived).toHaveLength(1);
  });

  it("are limited in size after unpacking", async () => {
    const { http, server } = await setUp([{ status: 200, body: gzipSync("x".repeat(100_000)) }], {
      maxDownloadBytes: 50_000,
    });
    expect((await failure(http.download(`${server.url}/e`, join(folder, "f"), go()))).kind).toBe("permanent");
    expect(server.arrived).toHaveLength(1);
  });

  it("go to no unencrypted host and stop when aborted", async () => {
    const { http, server } = await setUp(["silence"]);
    expect((await failure(http.download("http://files.example.com/x", join(folder, "f"), go()))).kind).toBe(
      "permanent",
    );
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 30);
    expect((await failure(http.download(server.url, join(folder, "f"), stop.signal))).kind).toBe(
      "interrupted",
    );
  });
});

it("every request says who we are, a download and a message as well", async () => {
  const { http, server } = await setUp([{ status: 200 }]);
  await http.send(READ, go());
  await http.send(WRITE, go());
  await http.download(`${server.url}/export`, join(folder, "file"), go());
  await postJson({ url: `${server.url}/hook`, body: "{}" }, go());
  const agents = server.arrived.map(({ headers }) => headers["user-agent"]);
  expect(agents).toHaveLength(4);
  for (const agent of agents) expect(agent).toMatch(/^rollcall\/\d+\.\d+\.\d+$/);
});
