import type { OwnSourceRead } from "../../plugin/own-module.js";
import type { Completeness, SeenColumns, SourceRelation } from "../../plugin/source.js";
import { Mistake } from "./mistake.js";

type Answered = Pick<SourceRelation, "sql"> & Partial<SourceRelation>;

const NEEDED = ["columnNames", "relation", "seal"] as const;
const LISTS = ["files", "attach", "detach"] as const;
const UNTYPED: readonly unknown[] = [undefined, "all", "dates", "none"];

/** What a module opens, which no compiler has looked at. */
export function mustBeRead(read: unknown): asserts read is OwnSourceRead {
  if (!isObject(read)) throw new Mistake("its `open` answers with no object");
  const its = "what its `open` answers with";
  for (const key of NEEDED)
    if (typeof read[key] !== "function") throw new Mistake(`${its} has no function \`${key}\``);
  if (read["examine"] !== undefined && typeof read["examine"] !== "function")
    throw new Mistake(`${its} has an \`examine\` that is no function`);
  for (const key of LISTS)
    if (read[key] !== undefined && !isTexts(read[key]))
      throw new Mistake(`${its} has \`${key}\` that are no list of texts`);
  if (!UNTYPED.includes(read["untyped"]))
    throw new Mistake(`${its} has an \`untyped\` that is not all, dates or none`);
}

export function mustBeColumns(seen: unknown): asserts seen is SeenColumns {
  if (!isObject(seen) || !isTexts(seen["names"]))
    throw new Mistake("its `columnNames` answers without `names`, a list of texts");
}

export function mustBeRelation(relation: unknown): asserts relation is Answered {
  if (!isObject(relation) || typeof relation["sql"] !== "string")
    throw new Mistake("its `relation` answers without `sql`, a text");
}

/** `false` may well be meant for "it is not the whole", and is no word of the contract. */
export function readSealed(sealed: unknown): Completeness {
  if (sealed === undefined) return { proof: "the word of its plug-in" };
  if (isObject(sealed) && isWord(sealed["proof"])) {
    const { proof, snapshot, asOf } = sealed;
    if ((snapshot === undefined || isWord(snapshot)) && (asOf === undefined || isTime(asOf)))
      return { proof, snapshot, asOf };
  }
  throw new Mistake(
    "its `seal` answers with something else than `{proof, snapshot, asOf}`",
    "`seal` answers with nothing, or with what proves that the rows which arrived are the whole, and throws a `Failure` unless they are.",
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Shown in a plan: one line. */
function isWord(value: unknown): value is string {
  return typeof value === "string" && /^[^\p{C}]{1,200}$/u.test(value);
}

function isTime(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
