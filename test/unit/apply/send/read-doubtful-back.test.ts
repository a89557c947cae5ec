import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readBackDoubtful } from "../../../../src/apply/send/read-back.js";
import { codec } from "../../../../src/destinations/sendgrid/codec/codec.js";
import { sendgrid } from "../../../../src/destinations/sendgrid/index.js";
import type { Batch, Shipment } from "../../../../src/reconcile/change-set/shipments.js";
import { createOutcomes, recordBatch } from "../../../../src/reconcile/change-set/outcomes.js";
import type { Operation } from "../../../../src/model/plan/change.js";
import type { Switches } from "../../../../src/sandbox/switches.js";
import { sharedEngine } from "../../../support/engine.js";
import { attribute, bound, CONNECTION } from "../../destinations/sendgrid/attributes.js";
import { signal, Stage } from "../../destinations/sendgrid/stage.js";

const shared = sharedEngine();
let runs = 0;

interface Sent {
  readonly operation: Operation;
  /** Members of a contact besides its address, by batch. */
  readonly batches: readonly (readonly string[])[];
  readonly switches?: Partial<Switches>;
  readonly sample?: number;
}

/** Sends batches as a run does, whose jobs all end well, and reads back; answers how single rows ended. */
async function send({ operation, batches, switches, sample }: Sent) {
  const { engine, data } = shared();
  const stage = await Stage.open({ delays: "none", switches: switches ?? {} });
  onTestFinished(() => stage.close());
  for (const [name, type] of [
    ["Tier", "Text"],
    ["Score", "Number"],
    ["Since", "Date"],
  ] as const)
    stage.account.addField(name, type);
  const list = stage.account.addList("people");
  const prefix = `doubt${(runs += 1)}`;
  const payloads = batches.flat().map((more, index) => `{"email":"p${index}@example.com"${more}}`);
  if (operation === "update")
    for (const index of payloads.keys())
      stage.account.addContact({ email: `p${index}@example.com`, custom_fields: { e2_N: 1 } }, [list]);
  const changeSet = join(data, `${prefix}.parquet`);
  await engine.run(
    `COPY (SELECT unnest(${sqlList(payloads)}) AS payload, '${operation}' AS action, '' AS grp, false AS withdrawn,
       json_extract_string(payload, '$.email') AS key) TO '${changeSet}' (FORMAT parquet)`,
  );
  const bindings = bound(attribute("Tier"), attribute("Score"), attribute("Since"), attribute("phone"));
  const codecs = new Map([["weekly", codec(bindings, CONNECTION)]]);
  const shipment: Shipment = {
    exportName: "weekly",
    operation,
    stage: "deliver",
    group: "",
    route: codec(bindings, CONNECTION).route(operation, payloads.length),
    listId: list,
    changeSet,
  };
  const outcomes = await createOutcomes(engine, prefix);
  const cut: Batch[] = [];
  let from = 0;
  for (const [batch, { length: rows }] of batches.entries()) {
    cut.push({ batch, shipment: 0, from, to: from + rows - 1, rows });
    await stage.write(operation, list, payloads.slice(from, from + rows));
    await recordBatch(engine, outcomes, shipment, cut[batch]!, "delivered");
    from += rows;
  }
  const nobody = `${prefix}_opted_out`;
  await engine.run(`CREATE TABLE ${nobody} (key VARCHAR, list_id VARCHAR)`);
  const before = stage.exchanges.length;
  await readBackDoubtful(
    {
      engine,
      outcomes,
      capabilities: sendgrid.capabilities,
      batches: cut,
      readBack: new Map([["weekly", sample === undefined ? "all" : { sample }]]),
      partlyRefused: new Set(),
      codecs,
      destinations: new Map([["weekly", { ...stage.connect(), showsMs: 0 }]]),
      scanChanged: () => Promise.resolve(undefined),
      formerLists: new Map(),
      noteOptOuts: () => Promise.resolve(),
      optOutsNow: () => Promise.resolve({ optedOut: nobody, saidNo: undefined, phones: undefined }),
      emit: () => undefined,
      signal,
    },
    shipment,
    0,
  );
  const rows = await engine.rows<{ row: number; outcome: string }>(
    `SELECT row::INTEGER AS row, outcome FROM ${outcomes.rows} ORDER BY row`,
  );
  const asked = stage.exchanges.slice(before).filter(({ path }) => path.endsWith("/search/emails"));
  return { rows: rows.map(({ row, outcome }) => [row, outcome]), asked: asked.length };
}

const sqlList = (texts: readonly string[]): string =>
  `[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ")}]`;

const custom = (members: string): string => `,"custom_fields":{${members}}`;
const SILENT = { sendgridEmptyLosesRow: true, sendgridWrongTypeSilent: true };

describe("reading back what a finished job may have lost", () => {
  it.each([
    ["a cleared number", custom('"e2_N":""')],
    ["a cleared date", custom('"e1_T":"gold","e3_D":""')],
  ])(
    "%s: makes a person unknown who is not stored, and leaves everybody else delivered",
    async (_name, members) => {
      const sent = { operation: "add", batches: [[members, custom('"e1_T":"gold"')]] } as const;
      expect(await send({ ...sent, switches: SILENT })).toMatchObject({ rows: [[0, "unknown"]] });
      expect(await send(sent)).toMatchObject({ rows: [] });
    },
  );

  it.each([',"phone_number":"+4930123456"', custom('"e2_N":-1.5'), custom('"e3_D":"2021-02-28T00:00:00Z"')])(
    "looks up a contact with %s, who stays delivered when stored",
    async (members) => {
      const sent = { operation: "add", batches: [[members, custom('"e1_T":"gold"')]] } as const;
      expect(await send({ ...sent, switches: SILENT })).toEqual({ rows: [], asked: 1 });
    },
  );

  it("makes an update unknown that is stored differently than sent", async () => {
    const batches = [[custom('"e2_N":""'), custom('"e2_N":2')]];
    expect(await send({ operation: "update", batches, switches: SILENT })).toMatchObject({
      rows: [[0, "differs"]],
    });
  });

  it("reads all of a batch, and of no other, when one of its sample is lost", async () => {
    const lost = Array.from({ length: 8 }, () => custom('"e2_N":""'));
    const good = Array.from({ length: 8 }, () => custom('"e2_N":3'));
    const { rows } = await send({
      operation: "add",
      batches: [good, lost],
      switches: SILENT,
      sample: 1,
    });
    expect(rows).toEqual(Array.from({ length: 8 }, (_, index) => [8 + index, "unknown"]));
  });

  it("includes values in the sample that only few people have", async () => {
    const few = custom('"e2_N":3,"e3_D":""');
    const batch = Array.from({ length: 40 }, (_, index) => (index % 20 === 7 ? few : custom('"e2_N":3')));
    const { rows } = await send({ operation: "add", batches: [batch], switches: SILENT, sample: 3 });
    expect(rows).toEqual([
      [7, "unknown"],
      [27, "unknown"],
    ]);
  });

  it("looks up nobody when no number, date or phone number is written or cleared", async () => {
    const batches = [[custom('"e1_T":"gold"'), custom('"e1_T":""'), ',"first_name":"Ann: \\"e2_N\\":3"', ""]];
    expect(await send({ operation: "add", batches, switches: SILENT })).toEqual({ rows: [], asked: 0 });
  });
});
