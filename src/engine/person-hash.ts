import type { ExportProgram } from "../model/program.js";

/** SQL: the hash that state keeps of `match.id`. An empty id says nothing about who somebody is. */
export function personHash(program: Pick<ExportProgram, "person">, column = "person"): string {
  return program.person === undefined
    ? "CAST(NULL AS VARCHAR)"
    : `left(sha256(nullif(trim(${column}), '')), 32)`;
}
