import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/model/run/event.js";
import { FULL } from "../support/full.js";
import { openProject, type Project } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

const TYPES = ["brevo", "sendgrid"] as const;
const UNEXPECTED = "Something unexpected went wrong inside rollcall (TypeError).";

let project: Project;
beforeEach(async () => {
  project = await openProject();
  const exports: Record<string, unknown> = {};
  for (const type of TYPES) {
    const list = await remoteOf(project, type).addList("customers");
    exports[`to-${type}`] = { connection: type, list, segments: ["all"], match: { email: "email" } };
  }
  await project.config({ segments: { all: { source: "crm" } }, exports });
  await project.profiles(["anna", "bob"].map((name) => ({ email: `${name}@example.com` })));
});
afterEach(() => project.stop());

/** A defect of ours in the work on one account: what is told of its work breaks. */
const breakingAt =
  (where: (event: RunEvent) => boolean) =>
  (event: RunEvent): void => {
    if (where(event)) throw new TypeError("anna@example.com is not iterable");
  };

const rows = (results: readonly { name: string; status: string; error: unknown }[]) =>
  results.map(({ name, status, error }) => [
    name,
    status,
    (error as { message: string } | undefined)?.message,
  ]);

describe.each(FULL ? TYPES : TYPES.slice(0, 1))("a defect in the work on the account at %s", (type) => {
  const other = type === "brevo" ? "sendgrid" : "brevo";

  it.each<[string, (event: RunEvent) => boolean]>([
    ["while connecting", (event) => event.type === "stage" && event.stage === `connecting to ${type}`],
    [
      "while reading opt-outs",
      (event) => event.type === "stage" && event.stage === `reading opt-outs of ${type}`,
    ],
    [
      "while comparing",
      (event) => event.type === "stage" && event.export === `to-${type}` && event.stage === "comparing",
    ],
    [
      "before sending",
      (event) => event.type === "batch" && event.export === `to-${type}` && event.outcome === "sent",
    ],
  ])("%s ends its export and no other", async (_name, where) => {
    const { exports } = await project.apply({ emit: breakingAt(where) });
    expect(rows(exports).toSorted()).toEqual(
      [
        [`to-${type}`, "failed", UNEXPECTED],
        [`to-${other}`, "succeeded", undefined],
      ].toSorted(),
    );
    // The next run finds out what was done, and does the rest.
    const next = await project.apply();
    expect(next.exports.map(({ status }) => status).toSorted()).toEqual(["succeeded", "unchanged"]);
    expect((await project.plan()).exports.map(({ counts }) => counts.add)).toEqual([0, 0]);
  });

  it("leaves the plan and the drift of the other account alone", async () => {
    const emit = breakingAt(
      (event) => event.type === "stage" && event.stage === `reading opt-outs of ${type}`,
    );
    const plan = await project.plan({ emit });
    expect(Object.fromEntries(plan.exports.map(({ name, error }) => [name, error?.message]))).toEqual({
      [`to-${type}`]: UNEXPECTED,
      [`to-${other}`]: undefined,
    });
    await project.apply();
    const drift = await project.drift({ emit });
    expect(drift.get(`to-${type}`)?.error?.message).toBe(UNEXPECTED);
    expect(drift.get(`to-${other}`)?.error).toBeUndefined();
  });
});
