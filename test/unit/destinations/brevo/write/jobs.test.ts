import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brevo } from "../../../../../src/destinations/brevo/index.js";
import { Secret } from "../../../../../src/platform/secrets/secret.js";
import type { Destination } from "../../../../../src/plugin/destination.js";
import { rowsOf } from "../../../../support/sql.js";
import { connection, mapping } from "../fixtures.js";
import { signal, Stage } from "../stage.js";

describe("writes whose answer is lost or odd", () => {
  let stage: Stage;
  let list: number;
  beforeEach(async () => {
    stage = await Stage.open();
    list = stage.account.addList("People");
  });
  afterEach(() => stage.close());

  const batches = async (count: number, operation: "add" | "update" = "add") =>
    stage.batches(
      operation,
      list,
      await stage.bind([mapping("lastName")]),
      Array.from({ length: count }, (_, index) => ({ key: `p${index}@x.de`, lastName: "New" })),
    );

  test.each([
    [
      "524 with a page",
      { kind: "answer", status: 524, body: "<html>a timeout occurred</html>", carriedOut: true },
    ],
    ["502", { kind: "answer", status: 502, carriedOut: false }],
    ["a dropped connection", { kind: "drop", carriedOut: true }],
    ["half an answer", { kind: "truncate", bytes: 5 }],
    ["202 with a page", { kind: "answer", status: 202, body: "<html>", carriedOut: true }],
    [
      "202 without a process",
      { kind: "answer", status: 202, body: "{}", type: "application/json", carriedOut: true },
    ],
  ] as const)("an import answered by %s is unknown and never sent again", async (_, effect) => {
    stage.sandbox.inject({ method: "POST", path: "/contacts/import", nth: 1, effect });
    const [batch] = await batches(2);
    await expect(stage.connect().write(batch!, signal)).rejects.toMatchObject({ kind: "unknown-outcome" });
    // Only the first is spoilt: another one would have been taken on.
    expect(stage.account.processes.length).toBeLessThan(2);
  });

  test("an import that Brevo refuses has done nothing", async () => {
    const [batch] = await batches(2);
    const refused = (status: number, code: string) =>
      stage.sandbox.inject({
        method: "POST",
        path: "/contacts/import",
        effect: {
          kind: "answer",
          status,
          body: JSON.stringify({ code, message: "p0@x.de" }),
          type: "application/json",
        },
      });
    for (const [status, code, expected] of [
      // Perhaps because of one of the rows, which Brevo does not name.
      [400, "invalid_parameter", { status: "refused" }],
      [402, "not_enough_credits", { kind: "permanent" }],
      [403, "permission_denied", { kind: "auth" }],
      [404, "document_not_found", { kind: "not-found" }],
    ] as const) {
      const disarm = refused(status, code);
      const failure = await stage
        .connect()
        .write(batch!, signal)
        .catch((error: unknown) => error);
      disarm();
      expect(failure).toMatchObject(expected);
      expect(JSON.stringify(failure) + String(failure)).not.toContain("p0@x.de");
    }
  });

  test("single updates: a failure at the first did nothing, later ones leave the batch unknown", async () => {
    for (const index of [0, 1, 2]) stage.account.addContact(`p${index}@x.de`, { lists: [list] });
    const [batch] = await batches(3, "update");
    const tooEarly = JSON.stringify({ code: "account_in_process", message: "busy" });
    const effect = { kind: "answer", status: 425, body: tooEarly, type: "application/json" } as const;
    const first = stage.sandbox.inject({ method: "PUT", nth: 1, effect });
    await expect(stage.connect().write(batch!, signal)).rejects.toMatchObject({ kind: "transient" });
    first();
    const third = stage.sandbox.inject({ method: "PUT", nth: 3, effect });
    await expect(stage.connect().write(batch!, signal)).rejects.toMatchObject({
      kind: "unknown-outcome",
      message: expect.stringContaining("2 of 3"),
    });
    third();
    expect(await stage.connect().write(batch!, signal)).toEqual({ status: "done", rejected: [] });
    expect(stage.account.members(list).map(({ attributes }) => attributes["LASTNAME"])).toEqual([
      "New",
      "New",
      "New",
    ]);
  });

  test("imports are seen through from queued to completed, several in one request", async () => {
    await stage.close();
    // They end when they are told to.
    stage = await Stage.open({ delays: { jobMs: 600_000, visibleMs: 0 } });
    list = stage.account.addList("People");
    const destination = stage.connect();
    expect(await destination.idle(signal)).toBe(true);
    const ids: string[] = [];
    for (const batch of [...(await batches(1)), ...(await batches(2))]) {
      const result = await destination.write(batch, signal);
      if (result.status === "accepted") ids.push(result.job);
    }
    expect(await destination.idle(signal)).toBe(false);
    const asked = stage.requests("GET", "/processes").length;
    const states = await destination.jobs([...ids, "99"], signal);
    expect(states.map(({ state }) => state)).toEqual(["running", "running", "running"]);
    expect(stage.requests("GET", "/processes")).toHaveLength(asked + 1);
    await stage.sandbox.settle();
    expect((await destination.jobs(ids, signal)).map(({ state }) => state)).toEqual([
      "completed",
      "completed",
    ]);
    expect(await rowsOf(await destination.rejects(ids[0]!, signal))).toEqual([]);
    expect(await destination.idle(signal)).toBe(true);
    await expect(destination.rejects("99", signal)).rejects.toMatchObject({ kind: "not-found" });
  });

  test("an account at its contact limit fails the import", async () => {
    await stage.close();
    stage = await Stage.open({ accounts: [{ vendor: "brevo", key: "sandbox-brevo-key", contactLimit: 1 }] });
    list = stage.account.addList("People");
    expect(await stage.carryOut(await batches(2))).toEqual([expect.objectContaining({ state: "failed" })]);
  });

  test("status requests are counted for the next run, those to contacts are not", async () => {
    const destination = stage.connect({ rateLimits: "general" });
    await destination.account(signal);
    await destination.jobs(["1"], signal);
    await destination.lists(signal);
    // The account, the list of processes, and the one that the list does not show.
    expect(stage.spent["other"]).toHaveLength(3);
    expect(stage.spent["contacts"]).toBeUndefined();
  });
});

test("the pauses between polls of a job grow, and are short only for a sandbox", () => {
  const waits = (rateLimits: string) => {
    const { pollDelay } = brevo.open({
      connection: connection({ rateLimits }),
      apiKey: new Secret("k"),
      folder: "/",
      scratch: "/",
      spent: {},
    });
    return [0, 1, 5, 50].map((asked) => pollDelay(asked));
  };
  expect(waits("general")).toEqual([5000, 7500, 37_968.75, 60_000]);
  expect(waits("none")[0]).toBe(20);
  expect(waits("none")[3]).toBe(500);
});

describe("answers of the process endpoints that the sandbox never gives", () => {
  let server: Server;
  let answers: Record<string, { status?: number; body: unknown }>;
  let destination: Destination;
  let stage: Stage;
  let url: string;

  beforeEach(async () => {
    stage = await Stage.open();
    answers = {};
    server = createServer((request, response) => {
      const answer = answers[new URL(request.url ?? "", "http://x").pathname];
      response.statusCode = answer?.status ?? (answer === undefined ? 404 : 200);
      const { body = { code: "document_not_found", message: "" } } = answer ?? {};
      response.end(typeof body === "string" ? body : JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    destination = brevo.open({
      connection: connection({ rateLimits: "none" }, { baseUrl: url }),
      apiKey: new Secret("k"),
      folder: stage.scratch,
      scratch: stage.scratch,
      spent: {},
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await stage.close();
  });

  const processes = (...entries: readonly object[]) => {
    answers["/processes"] = { body: { count: entries.length, processes: entries } };
  };

  test.each([
    ["queued", "running"],
    ["in_process", "running"],
    ["processing", "running"],
    ["something_new", "running"],
    ["completed", "completed"],
    ["failed", "failed"],
    ["cancelled", "failed"],
  ])("status %s is %s", async (status, state) => {
    processes({ id: 5, name: "IMPORTUSER", status });
    expect(await destination.jobs(["5"], signal)).toMatchObject([{ job: "5", state }]);
    expect(await destination.idle(signal)).toBe(state !== "running");
  });

  test("reports of null are none, numbers as in older descriptions are none either", async () => {
    processes({
      id: 5,
      name: "IMPORTUSER",
      status: "completed",
      info: { import: { invalid_emails: null, duplicate_ext_id: 0 } },
    });
    expect(await destination.jobs(["5"], signal)).toMatchObject([{ state: "completed" }]);
  });

  test("an old process is asked for by itself; one that Brevo forgot is gone", async () => {
    processes({ id: 50, name: "IMPORTUSER", status: "completed" });
    answers["/processes/3"] = { body: { id: 3, name: "IMPORTUSER", status: "completed" } };
    answers["/processes/4"] = {
      status: 404,
      body: { code: "invalid_parameter", message: "processId is invalid" },
    };
    const states = await destination.jobs(["50", "3", "4"], signal);
    expect(states.map(({ state }) => state)).toEqual(["completed", "completed", "gone"]);
  });

  test("an account that lists no process has forgotten ours, and is not waited for", async () => {
    processes();
    answers["/processes/4"] = { status: 404, body: { code: "document_not_found", message: "not found" } };
    expect(await destination.jobs(["4"], signal)).toMatchObject([{ job: "4", state: "gone" }]);
  });

  test("a running export does not count as one that changes contacts", async () => {
    processes({ id: 5, name: "SEARCH_EXPORT_USERS_API", status: "queued" });
    expect(await destination.idle(signal)).toBe(true);
    processes({ id: 5, name: "LIST_USERS_DELETE", status: "queued" });
    expect(await destination.idle(signal)).toBe(false);
  });

  test.each([
    ["EMAIL\na@x.de\nb@x.de\n", ["a@x.de", "b@x.de"]],
    ["\ufeffa@x.de\r\nb@x.de\r\n", ["a@x.de", "b@x.de"]],
    ['LINE;"E-mail";REASON\n1;a@x.de;"bad; very"\n2;not an address;x\n', ["a@x.de", "not an address"]],
    ["id,email address\n1,a@x.de\n", ["a@x.de"]],
    ["row,value,why\n7,a@x.de,twice\n8,b@x.de,twice", ["a@x.de", "b@x.de"]],
    ["EMAIL\n", []],
  ])("a report with the columns of %j", async (csv, people) => {
    answers["/report.csv"] = { body: csv };
    const info = { import: { invalid_emails: `${url}/report.csv`, duplicate_ext_id: null } };
    answers["/processes/5"] = { body: { id: 5, name: "IMPORTUSER", status: "completed", info } };
    const rows = await rowsOf(await destination.rejects("5", signal));
    expect(rows).toEqual(people.map((email) => ({ email, reason: "invalid address" })));
  });

  test.each([
    ["without addresses", "line,why\n1,bad\n"],
    ["that is empty", ""],
  ])("a report %s cannot be read and says so", async (_, csv) => {
    answers["/report.csv"] = { body: csv };
    const info = { import: { invalid_emails: `${url}/report.csv` } };
    answers["/processes/5"] = { body: { id: 5, name: "IMPORTUSER", status: "completed", info } };
    await expect(destination.rejects("5", signal)).rejects.toMatchObject({ kind: "transient" });
  });

  test("a report that expired cannot be read", async () => {
    const info = { import: { invalid_emails: `${url}/gone.csv` } };
    answers["/processes/5"] = { body: { id: 5, name: "IMPORTUSER", status: "completed", info } };
    await expect(destination.rejects("5", signal)).rejects.toMatchObject({ kind: "not-found" });
  });
});
