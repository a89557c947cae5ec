import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { takenPhonesSql } from "../../../../src/reconcile/change-set/taken-phones.js";
import { literal, type Relation } from "../../../../src/plugin/relation.js";
import { createStoredPhones, updateStoredPhones } from "../../../../src/reconcile/people/stored-phones.js";
import { sharedEngine } from "../../../support/engine.js";

type Contact = readonly [id: string, email: string | null, phone: string | null];

const opened = sharedEngine();
const contacts = (...rows: readonly Contact[]): Relation => {
  const values = rows.map(
    (row) => `(${row.map((one) => (one === null ? "NULL" : literal(one))).join(", ")})`,
  );
  return { sql: `SELECT * FROM (VALUES ${values.join(", ")}) AS c(contact_id, email, phone)` };
};
/** Keys of the rows that carry a number of somebody else. */
async function taken(stored: string, ...rows: readonly (readonly [key: string, phone: string])[]) {
  const { engine, data } = opened();
  const path = join(data, `${stored}.parquet`);
  const values = rows.map(([key, phone]) => `(${literal(key)}, ${literal(phone)})`).join(", ");
  await engine.run(
    `COPY (SELECT * FROM (VALUES ${values}) AS r(key, phone)) TO ${literal(path)} (FORMAT parquet)`,
  );
  const found = await engine.rows<{ row: number }>(
    takenPhonesSql(`read_parquet(${literal(path)}, file_row_number = true)`, "phone", stored),
  );
  return found.map(({ row }) => rows[row]?.[0]).sort();
}

describe("numbers that contacts have", () => {
  it.each(["4930123456", "+4930123456", "004930123456", "+49 30 123456", "49-30-123456", "(0049) 30/123456"])(
    "are known however they are written: %s",
    async (written) => {
      const stored = await createStoredPhones(opened().engine, "form", contacts(["1", "Pat@X.de", written]));
      expect(await taken(stored, ["ann@x.de", "+4930123456"], ["pat@x.de", "+4930123456"])).toEqual([
        "ann@x.de",
      ]);
    },
  );

  it("are also those of contacts without an address, and of any other than the own one", async () => {
    const before = contacts(["1", null, "4930111111"], ["2", "ann@x.de", "4930222222"]);
    const stored = await createStoredPhones(opened().engine, "some", before);
    const rows = [
      ["ann@x.de", "+4930222222"],
      ["bob@x.de", "+4930111111"],
      ["carl@x.de", "+4930333333"],
    ] as const;
    expect(await taken(stored, ...rows)).toEqual(["bob@x.de"]);
    // One gave its number up, one has another address by now, and one is new.
    const now = contacts(["1", null, null], ["2", "zoe@x.de", "4930222222"], ["3", "pat@x.de", "4930333333"]);
    await updateStoredPhones(opened().engine, stored, now);
    expect(await taken(stored, ...rows)).toEqual(["ann@x.de", "carl@x.de"]);
  });
});
