import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onlyAt } from "../support/full.js";
import { person } from "../support/people.js";
import type { Row, Yaml } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

let story: Story;
afterEach(() => story.stop());

describe.each([
  ["brevo", "documented"],
  ["brevo", "pessimistic"],
  ["sendgrid", "documented"],
  ["sendgrid", "pessimistic"],
] as const)("%s, %s", (type, behaviour) => {
  const here = `${type}, ${behaviour}`;
  const atPessimisticBrevo = onlyAt(here, "brevo, pessimistic", "sendgrid, documented");
  const atPessimisticSendgrid = onlyAt(here, "brevo, documented", "sendgrid, pessimistic");
  const atSendgrid = onlyAt(here, "sendgrid, documented");

  beforeEach(async () => {
    story = await openStory(type, {
      behaviour,
      sandbox: { delays: { jobMs: 0, visibleMs: 0, fieldMs: 50 } },
    });
  });

  const configure = (attributes: Yaml): Promise<void> => story.configure({ attributes });
  const PHONE = { brevo: "PHONE", sendgrid: "phone_number" }[type];
  const LAST = { brevo: "LASTNAME", sendgrid: "last_name" }[type];
  /** Nothing stored: both vendors leave the attribute out or empty. */
  const empty = (value: unknown): boolean => value === undefined || value === null || value === "";

  atPessimisticBrevo("empty values leave or clear what is stored, each attribute as it says", async () => {
    await configure({
      firstName: { column: "first_name", nulls: "clear" },
      lastName: { column: "last_name", nulls: "leave" },
      CITY: { column: "city", nulls: "clear", createMissing: true },
    });
    const full = { first_name: "Ann", last_name: "Lee", city: "Ulm" };
    const names = ["a", "b", "c", "d", "e"];
    await story.profiles(names.map((name) => person(name, full)));
    await story.apply();
    await story.profiles([
      person("a", { ...full, first_name: "" }),
      person("b", { ...full, last_name: "" }),
      person("c", { ...full, city: "", first_name: "Cleo" }),
      person("d", { first_name: "", last_name: "", city: "" }),
      person("e", full),
    ]);
    const run = await story.planAndApply("weekly");
    expect(run.planned.counts).toMatchObject({ update: 4, unchanged: 1 });
    expect(run.result).toMatchObject({ status: "succeeded", updated: 4 });
    const CITY = { brevo: "CITY", sendgrid: "city" }[type];
    const kept = await Promise.all(
      names.map(async (name) => {
        const member = await story.stored(name);
        return [member[story.remote.firstName], member[LAST], member[CITY]].map((value) =>
          empty(value) ? "" : value,
        );
      }),
    );
    expect(kept).toEqual([
      ["", "Lee", "Ulm"],
      ["Ann", "Lee", "Ulm"],
      ["Cleo", "Lee", ""],
      ["", "Lee", ""],
      ["Ann", "Lee", "Ulm"],
    ]);
    await story.mustBeSettled();
  });

  atPessimisticSendgrid("sends everybody, without the values that do not fit, and counts those", async () => {
    await configure({
      phone: { column: "phone", countryColumn: "country", defaultCountry: "DE", createMissing: true },
      SCORE: { column: "score", type: "number", createMissing: true },
      SINCE: { column: "since", type: "date", createMissing: true },
    });
    await story.profiles([
      person("a", { phone: "030 123456", country: "", score: "12", since: "2024-02-29" }),
      person("b", { phone: "01 42 68 53 00", country: "France", score: "many", since: "soon" }),
      person("c", { phone: "12", country: "DE", score: "0.5", since: "2024-02-30" }),
      person("d", { phone: "+1 (415) 555-2671", country: "DE", score: "", since: "" }),
    ]);
    const {
      planned: { counts, badValues, fieldsToCreate },
      result,
    } = await story.planAndApply("weekly");
    expect(counts).toMatchObject({ add: 4, heldBack: {} });
    expect(badValues).toMatchObject([
      { attribute: "phone", count: 1 },
      { attribute: "SCORE", count: 1 },
      { attribute: "SINCE", count: 2 },
    ]);
    expect(fieldsToCreate).toEqual(type === "brevo" ? ["PHONE", "SCORE", "SINCE"] : ["SCORE", "SINCE"]);
    expect(result).toMatchObject({ status: "succeeded", added: 4 });
    expect(await story.stored("a")).toMatchObject({ [PHONE]: "+4930123456", SCORE: 12 });
    expect(String((await story.stored("a"))["SINCE"])).toMatch(/^2024-02-29/);
    expect(await story.stored("b")).toMatchObject({ [PHONE]: "+33142685300" });
    expect(empty((await story.stored("b"))["SCORE"])).toBe(true);
    expect(await story.stored("c")).toMatchObject({ SCORE: 0.5 });
    expect(empty((await story.stored("c"))[PHONE])).toBe(true);
    expect(await story.stored("d")).toMatchObject({ [PHONE]: "+14155552671" });
    await story.mustBeSettled();
  });

  atSendgrid("refuses integers that JSON cannot carry", async () => {
    await configure({ NUMBER: { column: "number", type: "number", createMissing: true } });
    await story.profiles([person("a", { number: "9007199254740992" }), person("b", { number: "1" })]);
    const {
      planned: { checks },
      result,
    } = await story.planAndApply("weekly");
    expect(checks).toMatchObject([{ name: "integer-too-large", status: "failed" }]);
    expect(result).toMatchObject({ status: "refused" });
    await story.profiles([person("a", { number: "9007199254740991" }), person("b", { number: "1" })]);
    expect(await story.applyOf("weekly")).toMatchObject({ status: "succeeded" });
    expect(await story.stored("a")).toMatchObject({ NUMBER: 9_007_199_254_740_991 });
    await story.mustBeSettled();
  });

  atPessimisticSendgrid("finds a missing or wrongly typed field in plan", async () => {
    await configure({ LOYALTY: { column: "loyalty" } });
    await story.profiles([person("a", { loyalty: "gold" })]);
    expect((await story.planOf("weekly")).error).toMatchObject({ kind: "invalid" });
    await configure({ firstName: { column: "loyalty", type: "number" } });
    const run = await story.planAndApply("weekly");
    expect(run.planned.error).toMatchObject({ kind: "invalid" });
    expect(run.result).toMatchObject({ status: "failed" });
    expect(await story.members()).toEqual([]);
  });

  atPessimisticBrevo("sends constants and SQL, and only what changed after the config changed", async () => {
    await configure({ firstName: "first_name" });
    await story.profiles([
      person("a", { first_name: "Ann", score: 2 }),
      person("b", { first_name: "", score: 3 }),
    ]);
    await story.apply();
    await configure({
      firstName: "first_name",
      PLAN: { constant: "gold", createMissing: true },
      DOUBLE: { sql: "score * 2", type: "number", createMissing: true },
    });
    const { planned } = await story.planAndApply("weekly");
    expect(planned.counts).toMatchObject({ update: 2 });
    expect(planned.causes.update).toEqual({ config: 2, churn: 0, drift: 0 });
    expect(await story.stored("a")).toMatchObject({
      PLAN: "gold",
      DOUBLE: 4,
      [story.remote.firstName]: "Ann",
    });
    await story.mustBeSettled();
    await story.profiles([
      person("a", { first_name: "Ann", score: 2 }),
      person("b", { first_name: "", score: 4 }),
    ]);
    const next = await story.planOf("weekly");
    expect(next.counts).toMatchObject({ update: 1, unchanged: 1 });
    expect(next.samples).toMatchObject([{ operation: "update", fields: ["DOUBLE"] }]);
  });
});

describe("brevo only", () => {
  beforeEach(async () => {
    story = await openStory("brevo");
  });

  it("sends as sms only numbers that nobody else in the account has", async () => {
    const state = story.sandbox.brevo();
    state.addContact("elsewhere@example.com", { attributes: { SMS: "4930111111" } });
    // Somebody who gave a number and no address, as Brevo names them.
    const ONLY_A_NUMBER = "4930444444@mailin-sms.com";
    state.addContact(ONLY_A_NUMBER, { attributes: { SMS: "4930444444" } });
    state.blocklist(ONLY_A_NUMBER);
    await story.configure({
      attributes: { phone: { column: "phone", defaultCountry: "DE", as: "sms" } },
    });
    await story.profiles([
      person("a", { phone: "030 111111" }),
      person("b", { phone: "030 222222" }),
      person("c", { phone: "+49 30 222222" }),
      person("d", { phone: "030 333333" }),
      person("e", { phone: "030 444444" }),
    ]);
    expect((await story.planAndApply("weekly")).planned.badValues).toMatchObject([
      {
        attribute: "phone",
        reason: "phone shared: another contact has the number",
        count: 4,
        first: { line: 2 },
      },
    ]);
    expect(await story.members()).toEqual(["a", "b", "c", "d", "e"]);
    const numbers = await Promise.all(
      ["a", "b", "c", "d", "e"].map(async (name) => (await story.stored(name))["SMS"]),
    );
    expect(numbers).toEqual([undefined, undefined, undefined, "4930333333", undefined]);
    expect(story.sandbox.brevo().contact(ONLY_A_NUMBER)).toMatchObject({ emailBlacklisted: true });
    expect(story.sandbox.brevo().contact("elsewhere@example.com")).toMatchObject({
      attributes: { SMS: "4930111111" },
      lists: [],
    });
    await story.mustBeSettled();
  });

  it("carries booleans both ways and labels of a category", async () => {
    await story.configure({
      createMissing: true,
      attributes: {
        VIP: { column: "vip", type: "boolean" },
        TIER: { column: "tier", type: "choice", choices: ["gold", "silver"] },
      },
    });
    const rows = (vip: boolean, tier: string): Row[] => [
      person("a", { vip, tier }),
      person("b", { vip: !vip, tier: "bronze" }),
    ];
    for (const [vip, tier] of [
      [true, "gold"],
      [false, "silver"],
    ] as const) {
      await story.profiles(rows(vip, tier));
      expect((await story.planAndApply("weekly")).planned.badValues).toMatchObject([
        { attribute: "TIER", count: 1 },
      ]);
      expect(await story.stored("a")).toMatchObject({ VIP: vip, TIER: tier === "gold" ? 1 : 2 });
      expect(await story.stored("b")).toMatchObject({ VIP: !vip });
      expect((await story.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0 });
    }
  });
});
