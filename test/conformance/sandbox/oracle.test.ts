import { beforeEach, describe, expect, it } from "vitest";
import type { Exchange } from "../../../src/sandbox/index.js";
import { WITHOUT_ORACLES, checkExchange, oraclesPresent } from "../../support/oracle.js";

const GOOD: Exchange = {
  vendor: "brevo",
  method: "POST",
  path: "/contacts/import",
  query: {},
  requestHeaders: {},
  requestBody: { listIds: [2], jsonBody: [{ email: "a@example.com" }] },
  status: 202,
  responseHeaders: {},
  responseBody: { processId: 1 },
  faulty: false,
};

describe("the check against the vendors' contracts", () => {
  beforeEach(({ skip }) => skip(!oraclesPresent, WITHOUT_ORACLES));

  it("passes what is right", () => {
    expect(checkExchange(GOOD)).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, RegExp]>([
    ["a body without a source", { requestBody: { listIds: [2] } }, /request: body/],
    [
      "a body with an unknown key",
      { requestBody: { ...(GOOD.requestBody as object), contacts: [] } },
      /request: body/,
    ],
    ["an answer of the wrong shape", { responseBody: { processId: "1" } }, /response: 202 body\/processId/],
    ["a status that is not documented", { status: 418 }, /response: status 418/],
    ["a path that does not exist", { path: "/contacts/imports/x" }, /no POST/],
    [
      "a wrong query",
      {
        method: "GET",
        path: "/contacts",
        query: { limit: "1001" },
        requestBody: undefined,
        status: 200,
        responseBody: { contacts: [], count: 0 },
      },
      /request: query limit/,
    ],
    [
      "a list id that is not a UUID",
      {
        vendor: "sendgrid",
        method: "PUT",
        path: "/v3/marketing/contacts",
        requestBody: { list_ids: ["x"], contacts: [{ email: "a@example.com" }] },
        responseBody: { job_id: "x" },
      },
      /request: body\/list_ids\/0/,
    ],
  ])("names %s", (_name, change, expected) => {
    expect(checkExchange({ ...GOOD, ...change }).join("\n")).toMatch(expected);
  });

  it("leaves answers alone that an injected fault made", () => {
    expect(checkExchange({ ...GOOD, faulty: true, status: 524, responseBody: "<html>" })).toEqual([]);
  });
});
