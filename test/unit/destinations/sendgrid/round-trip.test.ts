import fc from "fast-check";
import { expect, it } from "vitest";
import { sendgrid } from "../../../../src/destinations/sendgrid/index.js";
import { literal } from "../../../../src/plugin/relation.js";
import { rowsOf, select, withSql } from "../../../support/sql.js";
import { attribute, CONNECTION } from "./attributes.js";
import { BEHAVIOURS, signal, Stage } from "./stage.js";

/** Values as the engine hands them over: within the field's length, of its type. */
const text = fc.option(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((value) => !value.includes("\u0000")),
);
const rows = fc.array(
  fc.record({
    city: text,
    Tier: text,
    Score: fc.option(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))),
    Since: fc.option(
      fc
        .integer({ min: -20_000, max: 60_000 })
        .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
    ),
    clear: fc.boolean(),
  }),
  { minLength: 1, maxLength: 30 },
);

it.each(BEHAVIOURS)(
  "whatever was sent matches what is read, from the list and by address (%s)",
  async (behaviour) => {
    // Whom that switch loses is told by the read-back of what is doubtful.
    const stage = await Stage.open({ behaviour, delays: "none", switches: { sendgridEmptyLosesRow: false } });
    stage.account.addField("Tier", "Text");
    stage.account.addField("Score", "Number");
    stage.account.addField("Since", "Date");
    const destination = stage.connect();
    const names = ["city", "Tier", "Score", "Since"] as const;
    const { bindings } = sendgrid.bind(
      names.map((name) => attribute(name)),
      await destination.fields(signal),
    );
    const { payload, matches } = sendgrid.codec(bindings, CONNECTION);
    const types = { text: "VARCHAR", number: "DOUBLE", date: "DATE" } as Record<string, string>;
    let list = "";
    await fc.assert(
      fc.asyncProperty(rows, async (people) => {
        list = stage.account.addList(`L${Math.random()}`);
        const table = people
          .map((person, index) => {
            const cells = bindings.flatMap(({ type, column, clear }, at) => {
              const value = person[names[at] ?? "city"];
              const cell = value === null ? "NULL" : literal(String(value));
              return [
                `CAST(${cell} AS ${types[type]}) AS ${column}`,
                `${value === null && person.clear} AS ${clear}`,
              ];
            });
            return `SELECT 'p${index}@example.com' AS key, ${cells.join(", ")}`;
          })
          .join(" UNION ALL ");
        const sent = await withSql((sql) => select(sql, `SELECT key, ${payload} AS payload FROM (${table})`));
        expect(
          await stage.write(
            "add",
            list,
            sent.map((one) => String(one["payload"])),
          ),
        ).toMatchObject({ status: "accepted" });
        const keys = sent.map(({ key }) => String(key));
        for (const read of [
          await destination.members(list, { attributes: true }, signal),
          await destination.lookup(list, keys, signal),
        ]) {
          const verdicts = await withSql((sql) =>
            select(
              sql,
              `SELECT ${matches} AS ok FROM (SELECT key, ${payload} AS payload FROM (${table})) AS p JOIN (${read.sql}) AS m ON m.email = p.key`,
            ),
          );
          expect(verdicts.map(({ ok }) => ok)).toEqual(people.map(() => true));
        }
        expect(await rowsOf(await destination.members(list, { attributes: false }, signal))).toHaveLength(
          people.length,
        );
      }),
      { numRuns: 15 },
    );
    await stage.close();
  },
);
