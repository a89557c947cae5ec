import { expect, test } from "vitest";
import {
  resolveText,
  resolveOrder,
  isPlain,
  isPlainOrder,
  type KnownColumns,
} from "../../../../src/reconcile/compile/exact-names.ts";

/** Texts that the engine would parse as one expression. */
const SQL = new Set([
  "E-Mail",
  "a-b",
  "lower(email)",
  '"Opt-in"',
  "Newsletter (ja/nein)",
  "score-penalty",
  "a and b",
]);
const columns = (names: readonly string[] | undefined): KnownColumns => ({
  has: (name) => names?.includes(name),
  commas: [...new Set(names?.map((name) => name.split(",").length - 1))].sort((a, b) => b - a),
  parses: (sql) => Promise.resolve(SQL.has(sql)),
});

test.each<[string, readonly string[] | undefined, string]>([
  ["email", ["email"], "email"],
  ["email", [], "email"],
  ["E-Mail", ["E-Mail"], '"E-Mail"'],
  ["E-Mail", ["E", "Mail"], "E-Mail"],
  ["E-Mail", undefined, '"E-Mail"'],
  ["Opt-in", ["other"], '"Opt-in"'],
  ["E-Mail Adresse", undefined, '"E-Mail Adresse"'],
  ["Newsletter (ja/nein)", ["Newsletter (ja/nein)"], '"Newsletter (ja/nein)"'],
  ["Newsletter (ja/nein)", ["ja"], "Newsletter (ja/nein)"],
  ["a and b", ["a and b"], '"a and b"'],
  ["a and b", ["a", "b"], "a and b"],
  ['say "hi"', ['say "hi"'], '"say ""hi"""'],
  ['"Opt-in"', ["Opt-in"], '"Opt-in"'],
  ["lower(email)", ["email"], "lower(email)"],
  ["lower(email", ["email"], "lower(email"],
  ["1st mail", undefined, '"1st mail"'],
  ["№ der Karte", undefined, '"№ der Karte"'],
  ["Opt-in?", undefined, '"Opt-in?"'],
  ["e.mail", ["e.mail"], '"e.mail"'],
  ["Stra\u0308sse", ["Stra\u0308sse"], '"Stra\u0308sse"'],
])("%s among %j is %s", async (text, names, sql) =>
  expect(await resolveText(text, columns(names))).toBe(sql),
);

test.each<[string, readonly string[] | undefined, string]>([
  ["updated_at desc", ["updated_at"], '"updated_at" desc'],
  ["Last Seen", ["Last Seen"], '"Last Seen"'],
  ["Last Seen desc nulls last, id", ["Last Seen", "id"], '"Last Seen" desc nulls last, "id"'],
  ["Last Seen DESC", undefined, '"Last Seen" DESC'],
  ["rank desc", ["rank desc"], '"rank desc"'],
  ["score-penalty", undefined, "score-penalty"],
  ["score-penalty desc", ["score-penalty"], '"score-penalty" desc'],
  ["lower(email), id", ["email"], 'lower(email), "id"'],
  ["lower(email), a + b", ["email"], "lower(email), a + b"],
  ["Seen (UTC) desc, id", ["Seen (UTC)", "id"], '"Seen (UTC)" desc, "id"'],
  ["Last, first desc, id", ["Last, first", "id"], '"Last, first" desc, "id"'],
  ["x, y desc", ["x, y desc"], '"x, y desc"'],
  ["coalesce(a, b-c, d), b-c", ["b-c"], 'coalesce(a, b-c, d), "b-c"'],
  ["instr(a, ',b-c,'), b-c", ["b-c"], `instr(a, ',b-c,'), "b-c"`],
  ["Umsatz € desc", undefined, '"Umsatz €" desc'],
  ["say :), id", ["say :)", "id"], '"say :)", "id"'],
  ["order", undefined, '"order"'],
  ["group desc nulls last,current_date", ["group"], '"group" desc nulls last, "current_date"'],
  ["desc desc", ["desc"], '"desc" desc'],
  ["t a(b) desc", ["t a(b)"], '"t a(b)" desc'],
  ["x'y, E-Mail", ["x'y", "E-Mail"], `"x'y", "E-Mail"`],
  ["it's, E-Mail", ["E-Mail"], "it's, E-Mail"],
])("ordered by %s among %j is by %s", async (text, names, sql) =>
  expect(await resolveOrder(text, columns(names))).toBe(sql),
);

test("what is plain needs no look at the columns", () => {
  expect(isPlain("email", undefined, "straße")).toBe(true);
  expect(isPlain("email", "a b")).toBe(false);
  expect(isPlainOrder(undefined)).toBe(true);
  expect(isPlainOrder("updated_at desc nulls last, id")).toBe(true);
  expect(isPlainOrder("Last Seen desc")).toBe(false);
});

test("an order of thousands of terms is read term by term", async () => {
  const terms = Array.from({ length: 5_000 }, (_, index) => `"t ${index}" desc`);
  expect(await resolveOrder([...terms, "E-Mail, and so on"].join(", "), columns(["E-Mail, and so on"]))).toBe(
    [...terms, '"E-Mail, and so on"'].join(", "),
  );
});

test("an order with a parenthesis that stays open is read once", async () => {
  const terms = Array.from({ length: 200_000 }, (_, index) => `t${index}`);
  const text = `f(${terms.join(", ")}`;
  expect(await resolveOrder(text, columns([]))).toBe(text);
});
