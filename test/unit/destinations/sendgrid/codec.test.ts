import { describe, expect, it } from "vitest";
import { splitBody } from "../../../../src/destinations/sendgrid/codec/clears.js";
import { codec } from "../../../../src/destinations/sendgrid/codec/codec.js";
import { attribute, bound, CONNECTION } from "./attributes.js";

const LIST = "6d4ab1f4-6f64-4f5b-9a3c-2f6f0a3c1f10";
const SLOW = { ...CONNECTION, options: {} };

describe("routes", () => {
  const { route } = codec(bound(attribute("city")), CONNECTION);

  it("add to the list, update without naming one", () => {
    const add = route("add", 1).envelope("", LIST);
    const { values } = splitBody(`${add.prefix}{"email":"a"}${add.separator}{}${add.suffix}`);
    expect(JSON.parse(values)).toEqual({
      list_ids: [LIST],
      contacts: [{ email: "a" }, {}],
    });
    const update = route("update", 1).envelope("", LIST);
    expect(JSON.parse(`${update.prefix}{}${update.suffix}`)).toEqual({ contacts: [{}] });
  });

  it("stay below the vendor's limits", () => {
    for (const operation of ["add", "update"] as const) {
      expect(route(operation, 1)).toMatchObject({
        maxRows: 30_000,
        needsContactId: false,
        evidence: "job-completed",
      });
      expect(route(operation, 1).maxBytes).toBeLessThan(6_000_000);
    }
    const remove = route("remove", 1);
    expect(remove).toMatchObject({
      maxRows: 100,
      wire: "contact_id",
      needsContactId: true,
      evidence: "read-back",
    });
    expect(remove.envelope("", LIST)).toEqual({ prefix: "", separator: ",", suffix: "" });
    // A hundred ids, percent-encoded, with the longest sensible base URL.
    expect(100 * (36 + 3) + 200).toBeLessThan(8_150);
  });

  it("take list ids that are UUIDs only", () => {
    expect(() => route("add", 1).envelope("", "12")).toThrow(/UUID/);
  });
});

describe("forecast", () => {
  const work = [
    { operation: "add", group: "", rows: 1_000_000, batches: 34 },
    { operation: "remove", group: "", rows: 1200, batches: 12 },
  ] as const;

  it("counts half a minute a job, once for all removals, and the requests at the observed limits", () => {
    const { requests, minutes } = codec([], SLOW).forecast(work);
    expect(requests).toBe(46);
    expect(minutes).toBeCloseTo(34 / 200 + 34 / 2 + 12 / 600 + 1 / 2, 5);
  });

  it("is instant without limits", () => {
    expect(codec([], CONNECTION).forecast(work)).toEqual({ requests: 46, minutes: 0 });
  });
});
