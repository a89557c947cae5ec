import type { Place } from "../../model/words/place.js";
import type { ExportProgram } from "../../model/plan/program.js";
import { findComparedColumn } from "../compile/consent-expression.js";
import { literal } from "../../plugin/relation.js";
import { consentAnswerSql } from "./desired-sql.js";
import type { Engine } from "../../engine/engine.js";
import { findPlace } from "../written/place.js";

/** The table of an export's profiles; see `profilesSql`. */
interface Profiles {
  readonly profiles: string;
}

/** Where invalid addresses are. */
export function findInvalidAddresses(
  engine: Engine,
  program: ExportProgram,
  { profiles }: Profiles,
): Promise<Place> {
  return findPlace(engine, program, {
    sql: program.email,
    isOne: (value) => `NOT valid_address(address_key(${value}))`,
    keys: `SELECT key FROM ${profiles} WHERE NOT ok`,
    nameless: true,
  });
}

/** Where such answers about consent stand; `keys` is a SELECT of those who are meant, by default everybody who has one. */
export async function findAnswers(
  engine: Engine,
  program: ExportProgram,
  { profiles }: Profiles,
  answers: readonly ("code" | "other" | "missing")[],
  keys?: string,
): Promise<Place> {
  if (program.consent === undefined) return {};
  const list = answers.map(literal).join(", ");
  const compared = findComparedColumn(program.consent);
  return findPlace(engine, program, {
    sql: compared?.column ?? program.consent,
    isOne: (value, written) =>
      `${consentAnswerSql(compared === undefined ? value : `(${compared.of(written)})`)} IN (${list})`,
    keys: keys ?? `SELECT key FROM ${profiles} WHERE answer IN (${list})`,
    nameless: true,
  });
}
