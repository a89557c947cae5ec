import { describe, expect, it } from "vitest";
import type { Exchange } from "../../../../src/sandbox/index.js";
import { checkExchange, WITHOUT_ORACLES, oraclesPresent } from "../../../support/oracle.js";
import { violations } from "./contract.js";

function exchange(overrides: Partial<Exchange>): Exchange {
  return {
    vendor: "sendgrid",
    method: "PUT",
    path: "/v3/marketing/contacts",
    query: {},
    requestHeaders: {},
    requestBody: { contacts: [{ email: "a@example.com" }] },
    status: 202,
    responseHeaders: {},
    responseBody: { job_id: "j" },
    faulty: false,
    ...overrides,
  };
}

describe("our contract with SendGrid", () => {
  it("takes what we send", () => {
    expect(violations(exchange({}))).toEqual([]);
  });

  it.each<[string, Partial<Exchange>]>([
    ["deleting contacts", { method: "DELETE", query: { ids: "a" }, requestBody: undefined }],
    ["deleting a list", { method: "DELETE", path: "/v3/marketing/lists/x", requestBody: undefined }],
    [
      "lifting a suppression",
      { method: "DELETE", path: "/v3/asm/suppressions/global/a%40example.com", requestBody: undefined },
    ],
    ["null", { requestBody: { contacts: [{ email: "a@example.com", first_name: null }] } }],
    [
      "an alternate address",
      { requestBody: { contacts: [{ email: "a@example.com", alternate_emails: ["b@example.com"] }] } },
    ],
    [
      "a field that was not created yet",
      { requestBody: { contacts: [{ email: "a@example.com", custom_fields: { "new:X": "y" } }] } },
    ],
    [
      "a notification",
      {
        method: "POST",
        path: "/v3/marketing/contacts/exports",
        requestBody: { list_ids: [], file_type: "json", notifications: { email: true } },
      },
    ],
    ["an answer without a job", { responseBody: {} }],
  ])("refuses %s", (_name, overrides) => {
    expect(violations(exchange(overrides))).not.toEqual([]);
  });

  it("agrees with the published one on what it must hold", ({ skip }) => {
    skip(!oraclesPresent, WITHOUT_ORACLES);
    expect(checkExchange(exchange({}))).toEqual([]);
    expect(checkExchange(exchange({ requestBody: { contacts: [] } }))).not.toEqual([]);
  });
});
