import type { Engine } from "../../engine/engine.js";
import { addressesOfPeopleSql, optedOutPersonsSql } from "./earlier-addresses.js";
import { sharedWithSql } from "./shared-addresses.js";
import type { AddingExport, KnownPeople } from "./taken-off.js";

/** Table `key` of the addresses of people who opted out of one of these lists with whatever address; undefined when the export names nobody's id. */
export async function createOptedOutKeys(
  engine: Engine,
  { program, tables, prefix }: Omit<AddingExport, "name">,
  { optOuts, claims }: KnownPeople,
  lists: readonly string[],
): Promise<string | undefined> {
  if (program.person === undefined) return undefined;
  const persons = optedOutPersonsSql({ ...optOuts, lists }, tables, claims);
  const named = `${prefix}_opted_out_persons`;
  const addresses = `${await addressesOfPeopleSql(engine, named, persons, tables, program)} UNION ${sharedWithSql(optOuts, named)}`;
  const table = `${prefix}_of_opted_out`;
  await engine.run(`CREATE OR REPLACE TABLE ${table} AS ${addresses}`);
  return table;
}
