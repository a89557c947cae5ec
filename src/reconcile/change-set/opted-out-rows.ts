import type { Engine } from "../../engine/engine.js";
import type { SaidNo } from "../people/said-no.js";

/** Who opted out by now. */
export interface OptedOutNow {
  /** Table `key`, `list_id`. */
  readonly optedOut: string;
  /** Undefined while nobody was read whom the plan had not seen. */
  readonly saidNo: SaidNo | undefined;
}

/**
 * Row numbers of those among some rows (FROM and WHERE; see `batchRowsSql`) who
 * opted out, with whatever address: the one that is about to be sent may be new,
 * or another one's as well. `here`: condition over `list_id` of the lists that
 * count; see `onListsSql`.
 */
export async function findOptedOutRows(
  engine: Engine,
  rows: string,
  { optedOut, saidNo }: OptedOutNow,
  here: string,
): Promise<number[]> {
  const theirs =
    saidNo === undefined
      ? ""
      : ` OR person IN (SELECT person FROM ${saidNo.persons} WHERE ${here})
          OR (person IS NOT NULL AND key IN (SELECT key FROM ${saidNo.addresses} WHERE ${here}))`;
  const found = await engine.rows<{ row: number }>(
    `SELECT file_row_number AS row FROM ${rows} AND (key IN (SELECT key FROM ${optedOut} WHERE ${here})${theirs})`,
  );
  return found.map(({ row }) => row);
}
