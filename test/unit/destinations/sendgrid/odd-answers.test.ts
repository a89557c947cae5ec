import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sendgrid } from "../../../../src/destinations/sendgrid/index.js";
import { Secret } from "../../../../src/platform/secrets/secret.js";
import type { Destination } from "../../../../src/plugin/destination.js";
import { startFaultServer, type FaultServer, type Step } from "../../../support/fault-server.js";
import { rowsOf } from "../../../support/sql.js";
import { CONNECTION } from "./attributes.js";
import { signal } from "./stage.js";

const LIST = "6d4ab1f4-6f64-4f5b-9a3c-2f6f0a3c1f10";
let scratch: string;
let server: FaultServer;

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "rollcall-odd-"));
});
afterEach(async () => {
  await server.close();
  await rm(scratch, { recursive: true });
});

/** A server that answers by path (its last part), or by a script. */
async function answering(script: Step[] | ((url: string) => Step)): Promise<Destination> {
  const steps: Step[] =
    typeof script !== "function"
      ? script
      : [
          (request, response) => {
            const step = script(request.url);
            if (typeof step === "string" || typeof step === "function") throw new Error("answers only");
            response.writeHead(step.status, { "content-type": "application/json", ...step.headers });
            response.end(step.body ?? "{}");
          },
        ];
  server = await startFaultServer(steps);
  return sendgrid.open({
    connection: { ...CONNECTION, baseUrl: server.url },
    apiKey: new Secret("SG.key"),
    folder: scratch,
    scratch,
    spent: {},
  });
}

const ok = (body: unknown, status = 200): Step => ({ status, body: JSON.stringify(body) });
const line = (email: string): string => `${JSON.stringify({ contact_id: `id-${email}`, email })}\n`;

describe("an export", () => {
  const exporting = (state: (base: string) => unknown, file: (url: string) => Step) =>
    answering((url) =>
      url.endsWith("/exports")
        ? ok({ id: "x" }, 202)
        : url.includes("/exports/x")
          ? ok(state(server.url))
          : file(url),
    );

  it("may come in several files, some packed", async () => {
    const destination = await exporting(
      (base) => ({ id: "x", status: "ready", contact_count: 3, urls: [`${base}/1`, `${base}/2`] }),
      (url) =>
        url === "/1"
          ? { status: 200, body: gzipSync(line("a@example.com") + line("b@example.com")) }
          : { status: 200, body: line("c@example.com").trimEnd() },
    );
    const rows = await rowsOf(await destination.members(LIST, { attributes: false }, signal));
    expect(rows.map(({ email }) => email)).toEqual(["a@example.com", "b@example.com", "c@example.com"]);
    expect(
      server.arrived.filter(({ url }) => url.length === 2).map(({ headers }) => headers.authorization),
    ).toEqual([undefined, undefined]);
  });

  it("leaves out what a contact does not have", async () => {
    const lines = [
      {
        contact_id: "1",
        created_at: "2020-06-19T10:05:25Z",
        custom_fields: {},
        email: "a@example.com",
        updated_at: "2020-07-09T02:00:14Z",
      },
      {
        contact_id: "2",
        custom_fields: { company: 'The "C"', Other: 1 },
        email: "b@example.com",
        first_name: "B",
        alternate_emails: ["x@example.com"],
      },
      { contact_id: "3", custom_fields: { Score: 7.5 }, email: "c@example.com" },
    ];
    const destination = await answering((url) => {
      if (url.endsWith("/exports")) return ok({ id: "x" }, 202);
      if (url.includes("/exports/x"))
        return ok({ id: "x", status: "ready", contact_count: 3, urls: [`${server.url}/f`] });
      if (url === "/f") return { status: 200, body: lines.map((one) => `${JSON.stringify(one)}\n`).join("") };
      const custom_fields = [
        { id: "e1_T", name: "company", field_type: "Text" },
        { id: "e2_N", name: "Score", field_type: "Number" },
      ];
      return ok({ custom_fields, reserved_fields: [] });
    });
    const rows = await rowsOf(await destination.members(LIST, { attributes: true }, signal));
    const observed = rows.map((row) => JSON.parse(String(row["observed"])) as Record<string, unknown>);
    expect(rows.map(({ contact_id }) => contact_id)).toEqual(["1", "2", "3"]);
    expect(observed.map(({ first_name, e1_T, e2_N }) => [first_name, e1_T, e2_N])).toEqual([
      [null, null, null],
      ["B", 'The "C"', null],
      [null, null, "7.5"],
    ]);
  });

  it("of nobody may have no file", async () => {
    const destination = await exporting(
      () => ({ id: "x", status: "ready", contact_count: 0, urls: null }),
      () => ok({}),
    );
    expect(await rowsOf(await destination.members(LIST, { attributes: false }, signal))).toEqual([]);
  });

  it.each<[string, unknown, Step, string]>([
    ["failed", { id: "x", status: "failure", message: "boom" }, ok({}), "transient"],
    ["expired", { id: "x", status: "ready", contact_count: 2, urls: ["/f"] }, { status: 403 }, "not-found"],
    [
      "shorter than it says",
      { id: "x", status: "ready", contact_count: 2, urls: ["/f"] },
      { status: 200, body: line("a@example.com") },
      "transient",
    ],
    [
      "an empty file for many",
      { id: "x", status: "ready", contact_count: 2, urls: ["/f"] },
      { status: 200, body: "" },
      "transient",
    ],
    ["without files for many", { id: "x", status: "ready", contact_count: 2, urls: [] }, ok({}), "permanent"],
  ])("that is %s is a failure, never an empty list", async (_name, state, file, kind) => {
    const destination = await exporting(
      (base) => {
        const { urls, ...rest } = state as { urls?: string[] };
        return urls === undefined ? rest : { ...rest, urls: urls.map((url) => base + url) };
      },
      () => file,
    );
    await expect(destination.members(LIST, { attributes: false }, signal)).rejects.toMatchObject({ kind });
  });
});

describe("a read", () => {
  it.each(["", '[{"message":"not found"}]', '{"errors":[{"message":"not found"}]}'])(
    "takes 404 with %j for an absent list",
    async (body) => {
      const destination = await answering([{ status: 404, body }]);
      expect(await destination.list(LIST, signal)).toBeUndefined();
    },
  );

  it("takes an id that is not a UUID for a mistake", async () => {
    const destination = await answering([ok({})]);
    await expect(destination.list("12", signal)).rejects.toMatchObject({ kind: "invalid" });
    expect(server.arrived).toHaveLength(0);
  });

  it("manages without custom_fields", async () => {
    const destination = await answering([ok({ reserved_fields: [] })]);
    expect((await destination.fields(signal)).map(({ id }) => id)).toContain("first_name");
  });

  it("stops when the pages of lists go in circles", async () => {
    const destination = await answering([
      ok({ result: [], _metadata: { next: "https://api.sendgrid.com/v3/marketing/lists?page_token=t" } }),
    ]);
    await expect(destination.lists(signal)).rejects.toMatchObject({ kind: "permanent" });
  });

  const people = (...names: string[]) => ok(names.map((name) => ({ email: `${name}@example.com` })));
  const offsets = () =>
    server.arrived
      .filter(({ url }) => url.startsWith("/v3/suppression/unsubscribes"))
      .map(({ url }) => Number(/offset=(\d+)/.exec(url)?.[1]));

  it("reads suppressions on when a page is shorter than asked for", async () => {
    const pages = [
      people("a", "b"),
      people("a", "b", "c"),
      people("a", "b", "c"),
      people(),
      people(),
      people(),
    ];
    const destination = await answering(pages);
    const { optedOut } = await destination.optOuts({ since: undefined, lists: [] }, signal);
    expect(new Set((await rowsOf(optedOut)).map(({ email }) => email)).size).toBe(3);
    expect(offsets()).toEqual([0, 0, 0, 3]);
  });

  it("reads suppressions again when somebody was taken off them between two pages", async () => {
    const all = Array.from({ length: 30 }, (_, index) => `p${index}`);
    const moved = all.slice(1);
    const pages = [
      people(...all.slice(0, 25)),
      // So many were taken off that nobody of the page before is met.
      people(...all.slice(27)),
      people(...moved.slice(0, 25)),
      people(...moved.slice(5)),
      people(...moved.slice(9)),
      people(),
      people(),
      people(),
    ];
    const destination = await answering(pages);
    const { optedOut } = await destination.optOuts({ since: undefined, lists: [] }, signal);
    expect(new Set((await rowsOf(optedOut)).map(({ email }) => email)).size).toBe(30);
    expect(offsets()).toEqual([0, 5, 0, 5, 9, 29]);
  });

  it("gives up on suppressions whose pages never meet", async () => {
    const page = (from: number) => people(...Array.from({ length: 25 }, (_, index) => `p${from + index}`));
    const destination = await answering(Array.from({ length: 10 }, (_, turn) => page(turn * 100)));
    await expect(destination.optOuts({ since: undefined, lists: [] }, signal)).rejects.toMatchObject({
      kind: "transient",
    });
  });

  it("halves a search that is refused without naming anybody", async () => {
    const destination = await answering([
      ok({ reserved_fields: [] }),
      ...Array.from({ length: 3 }, () => ok({ errors: [{ message: "invalid request" }] }, 400)),
      ok({ result: { "b@example.com": { contact: { id: "2", email: "b@example.com", list_ids: [] } } } }),
      { status: 404, body: "" },
    ]);
    const rows = await rowsOf(
      await destination.lookup(LIST, ["a@x", "b@example.com", "c@example.com"], signal),
    );
    expect(rows).toMatchObject([{ email: "b@example.com", contact_id: "2", on_list: false }]);
  });

  it("waits until a reset that is given as a time", async () => {
    const soon = String(Math.floor(Date.now() / 1000));
    const destination = await answering([
      { status: 429, headers: { "X-RateLimit-Reset": soon } },
      ok({ contact_count: 7 }),
    ]);
    expect(await destination.contactCount(signal)).toBe(7);
  });
});

const WITH_CLEARS = {
  operation: "update",
  route: "update",
  listId: LIST,
  body: '{"contacts":[\n{"email":"a"}\t{"email":"a","phone_number":""}\n]}',
  rows: 1,
} as const;

describe("a write", () => {
  const batch = { operation: "remove", route: "remove", listId: LIST, body: "a,b", rows: 2 } as const;

  it("that is accepted without a job has an unknown outcome", async () => {
    const destination = await answering([ok({}, 202)]);
    const add = { operation: "add", route: "add", listId: LIST, body: '{"contacts":[{}]}', rows: 1 } as const;
    await expect(destination.write(add, signal)).rejects.toMatchObject({ kind: "unknown-outcome" });
  });

  it.each([
    ["taken on", ok({ job_id: "c" }, 202), { status: "accepted", job: "v+c" }],
    [
      "refused",
      ok({ errors: [{ message: "no" }] }, 400),
      { status: "accepted", job: "v", partRefused: expect.stringContaining("SendGrid says: no.") as string },
    ],
  ])("whose clears are %s counts by its values", async (_how, second, result) => {
    const destination = await answering([ok({ job_id: "v" }, 202), second]);
    expect(await destination.write(WITH_CLEARS, signal)).toEqual(result);
  });

  it("whose clears may not be sent has an unknown outcome, because its values were", async () => {
    const destination = await answering([ok({ job_id: "v" }, 202), ok({}, 403)]);
    await expect(destination.write(WITH_CLEARS, signal)).rejects.toMatchObject({ kind: "unknown-outcome" });
  });

  it.each([
    ["running", "running"],
    ["completed", "completed"],
    ["errored", "completed"],
  ])("with clears whose job is %s is %s", async (clears, whole) => {
    const status = { running: "pending" }[clears] ?? clears;
    const destination = await answering((url) =>
      url.endsWith("/v") ? ok({ id: "v", status: "completed" }) : ok({ id: "c", status }),
    );
    expect(await destination.jobs(["v+c"], signal)).toEqual([
      { job: "v+c", state: whole, message: undefined },
    ]);
  });

  it("is told what a bare error object says, without its values", async () => {
    const destination = await answering([
      ok({ message: 'contact "a@example.com" is wrong', field: "contact_ids" }, 400),
    ]);
    const refused = destination.write(batch, signal);
    await expect(refused).rejects.toMatchObject({
      kind: "permanent",
      message: expect.stringContaining("contact … is wrong"),
    });
    await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining("a@example.com") });
    expect(server.arrived[0]).toMatchObject({
      method: "DELETE",
      url: `/v3/marketing/lists/${LIST}/contacts?contact_ids=a%2Cb`,
    });
  });
});

describe("a job", () => {
  const state = (status: string, results: unknown) => ok({ id: "j", status, results });

  it.each([
    ["errored", {}, "completed-with-errors"],
    ["failed", { errored_count: 2, errors_url: "https://x.example/e" }, "completed-with-errors"],
    ["failed", { errored_count: 2 }, "failed"],
    ["completed", { errored_count: 1 }, "completed-with-errors"],
    ["completed", null, "completed"],
    ["pending", { created_count: 5 }, "running"],
  ])("that is %s with %j is %s", async (status, results, expected) => {
    const destination = await answering([state(status, results)]);
    expect(await destination.jobs(["j"], signal)).toMatchObject([{ job: "j", state: expected }]);
  });

  it("in a state that nobody described is an error", async () => {
    const destination = await answering([state("paused", {})]);
    await expect(destination.jobs(["j"], signal)).rejects.toMatchObject({ kind: "permanent" });
  });

  it.each<[string, unknown, string]>([
    ["no report", {}, ""],
    ["an empty report", { errored_count: 1, errors_url: "/e" }, ""],
    ["a report without addresses", { errored_count: 1, errors_url: "/e" }, "row,error\n1,bad\n"],
    ["a report that names fewer", { errored_count: 2, errors_url: "/e" }, "email,error\na@example.com,bad\n"],
    ["an HTML page", { errored_count: 1, errors_url: "/e" }, "<html>AccessDenied</html>"],
  ])("with errors and %s cannot say who was refused", async (_name, results, report) => {
    const destination = await answering((url) => {
      const { errors_url: path, ...rest } = results as { errors_url?: string };
      if (url === "/e") return { status: 200, body: report };
      return state("errored", path === undefined ? rest : { ...rest, errors_url: server.url + path });
    });
    await expect(destination.rejects("j", signal)).rejects.toMatchObject({ kind: "transient" });
  });

  it("names people with reasons that quote nobody", async () => {
    const destination = await answering((url) =>
      url === "/e"
        ? {
            status: 200,
            body: "EMAIL,ERROR\na@example.com,\"phone '+49 151 1234567' of b@example.com is not valid\"\n",
          }
        : state("errored", { errored_count: 1, errors_url: `${server.url}/e` }),
    );
    expect(await rowsOf(await destination.rejects("j", signal))).toEqual([
      { email: "a@example.com", reason: "phone … of … is not valid" },
    ]);
  });

  it("is asked for ever less often", async () => {
    await answering([ok({})]);
    const open = (options: Record<string, unknown>) =>
      sendgrid.open({
        connection: { ...CONNECTION, baseUrl: server.url, options },
        apiKey: new Secret("SG.key"),
        folder: scratch,
        scratch,
        spent: {},
      });
    expect([0, 1, 20].map((asked) => open({}).pollDelay(asked))).toEqual([1000, 1500, 15_000]);
    expect([0, 20].map((asked) => open({ rateLimits: "none" }).pollDelay(asked))).toEqual([10, 500]);
  });
});
