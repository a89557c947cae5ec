import type { Config } from "../model/config/config.js";
import { keptFailure } from "../platform/defects.js";
import { countChangedPlaces, countClasses, sampleDrift, type DriftClass } from "../reconcile/drift.js";
import type { DriftCounts, DriftKind, DriftSample, ExportDrift } from "../model/reports/drift.js";
import type { Export } from "../model/config/export.js";
import type { OpenConnection } from "../run/accounts.js";
import { typeOfConnection } from "../run/destinations.js";
import { shownAddress } from "../planner/describe/shown-address.js";
import type { CompiledExport } from "../planner/prepared.js";
import type { Run } from "../run/run.js";
import type { Comparison } from "./compare.js";

const SAMPLES = 3;
const KINDS: readonly DriftKind[] = ["stranger", "gone", "returned", "changed", "opted out"];
const NOTHING: DriftCounts = {
  members: 0,
  strangers: 0,
  strangersOptedOut: 0,
  gone: 0,
  returned: 0,
  changed: 0,
  optedOut: 0,
  known: { gone: 0, changed: 0, strangers: 0 },
  tooRecent: 0,
  unsettled: 0,
};

/** What a comparison found, as counts and examples. */
export async function describeDrift(
  run: Run,
  compiled: CompiledExport,
  comparison: Comparison | undefined,
): Promise<ExportDrift> {
  const { engine, config } = run;
  const { wanted, open, list } = compiled;
  const base = { ...nothingOf(config, wanted, open), list: { id: list?.id, name: list?.name } };
  if (comparison === undefined) return { ...base, neverApplied: true };
  const { compared, observed, attributes } = comparison;
  const rows = await countClasses(engine, compared);
  const of = (...classes: DriftClass[]): number =>
    rows.filter((row) => classes.includes(row.class)).reduce((sum, { n }) => sum + n, 0);
  const fields = await countChangedPlaces(engine, compared);
  return {
    ...base,
    counts: {
      members: await engine.count(`SELECT count(*) FROM ${observed}`),
      strangers: of("stranger", "stranger opted out"),
      strangersOptedOut: of("stranger opted out"),
      gone: of("gone"),
      returned: of("returned"),
      changed: of("changed"),
      optedOut: of("opted out"),
      known: {
        gone: of("known gone"),
        changed: of("known changed"),
        strangers: of("known stranger"),
      },
      tooRecent: of("too recent"),
      unsettled: of("unsettled"),
    },
    fields: fields.map(({ place, n }) => ({ attribute: attributes[place] ?? "", count: n })),
    samples: await samplesOf(engine, comparison, shownAddress(run, compiled)),
    compared: of("same", "changed"),
    notCompared: rows
      .filter((row) => row.class === "not compared")
      .map(({ why, n }) => ({ reason: why ?? "", count: n })),
  };
}

/** An export whose list could not be compared; the others go on. */
export function failedDrift(
  config: Config,
  wanted: Export,
  open: OpenConnection | undefined,
  error: unknown,
): ExportDrift {
  const { kind, message, hint } = keptFailure(error);
  return { ...nothingOf(config, wanted, open), error: { kind, message, hint } };
}

function nothingOf(config: Config, wanted: Export, open: OpenConnection | undefined): ExportDrift {
  return {
    name: wanted.name,
    displayName: wanted.displayName,
    connection: wanted.connection,
    type: typeOfConnection(config, wanted.connection),
    account: open?.accountKey ?? "",
    list: {
      id: "id" in wanted.list ? wanted.list.id : undefined,
      name: "name" in wanted.list ? wanted.list.name : undefined,
    },
    neverApplied: false,
    counts: NOTHING,
    fields: [],
    samples: [],
    compared: 0,
    notCompared: [],
    policy: { ...wanted.drift, strangers: wanted.strangers },
    error: undefined,
  };
}

/** A few of each kind, in the order of a hash so that nobody in particular is picked. */
async function samplesOf(
  engine: Run["engine"],
  { compared, attributes }: Comparison,
  address: string,
): Promise<DriftSample[]> {
  const rows = await sampleDrift(engine, compared, KINDS, { each: SAMPLES, address });
  return KINDS.flatMap((kind) =>
    rows
      .filter((row) => row.kind === kind)
      .map(({ address, changed }) => ({
        kind,
        address,
        fields: (changed ?? "")
          .split(",")
          .flatMap((place) => (place === "" ? [] : (attributes[Number(place)] ?? []))),
      })),
  );
}
