import type { ConsentRule, Export, Limit, ListTarget, Safeguards } from "../../model/config/export.js";
import type { Schedule, WhenStale } from "../../model/config/schedule.js";
import type {
  Export as ExportYaml,
  Safeguards as SafeguardsYaml,
  Schedule as ScheduleYaml,
} from "../schema/config-file.gen.js";
import { attributeOf } from "./attribute.js";
import { durationSeconds } from "../../model/duration.js";

/** Where a config states no limit of removals, this share of the delivered members is one. */
const DEFAULT_REMOVAL_SHARE = 0.3;
/** And of withdrawals: more than this is a consent column that broke sooner than people who changed their minds. */
const DEFAULT_WITHDRAWAL_SHARE = 0.5;

/** What all exports share unless they say otherwise. */
export interface ExportDefaults {
  readonly timezone: string;
  readonly schedule: ScheduleYaml | undefined;
}

export function exportOf(name: string, yaml: ExportYaml, shared: ExportDefaults): Export {
  const defaults = { nulls: yaml.nulls ?? ("leave" as const), createMissing: yaml.createMissing ?? false };
  return {
    name,
    displayName: yaml.displayName,
    connection: yaml.connection ?? "",
    whenDisconnected: yaml.whenDisconnected ?? ("error" as const),
    list: listOf(yaml.list),
    segments: yaml.segments,
    match: { email: yaml.match.email, id: yaml.match.id },
    consent: agreementOf(yaml.consent),
    attributes: Object.entries(yaml.attributes ?? {}).map(([key, value]) =>
      attributeOf(key, value, defaults),
    ),
    mode: yaml.mode ?? "mirror",
    schedule: scheduleOf(yaml.schedule ?? shared.schedule, shared.timezone),
    whenStale: whenStaleOf(yaml.whenStale ?? "skip"),
    drift: { removed: yaml.drift?.removed ?? "respect", values: yaml.drift?.values ?? "restore" },
    strangers: yaml.strangers ?? "report",
    safeguards: safeguardsOf(yaml.safeguards ?? {}),
    readBack: yaml.readBack ?? "all",
    protect: yaml.protect,
  };
}

function agreementOf(yaml: ExportYaml["consent"]): ConsentRule | undefined {
  return typeof yaml === "object" ? { column: yaml.column, is: yaml.is.map(String) } : yaml;
}

function listOf(yaml: ExportYaml["list"]): ListTarget {
  if (typeof yaml !== "object") return { id: String(yaml) };
  if (yaml.id !== undefined) return { id: String(yaml.id) };
  return { name: yaml.name ?? "", create: yaml.create ?? false, folder: yaml.folder };
}

function scheduleOf(
  yaml: ExportYaml["schedule"] | ScheduleYaml | undefined,
  timezone: string,
): Schedule | undefined {
  if (yaml === undefined || typeof yaml === "string") return undefined;
  return { crons: [yaml.cron].flat(), timezone: yaml.timezone ?? timezone };
}

function whenStaleOf(yaml: NonNullable<ExportYaml["whenStale"]>): WhenStale {
  if (yaml === "skip") return "skip";
  return { waitSeconds: yaml === "wait" ? undefined : durationSeconds(yaml.wait) };
}

function safeguardsOf(yaml: SafeguardsYaml): Safeguards {
  const { maxRemovals, maxWithdrawals, maxAdds, maxStrangerRemovals, maxRejected } = yaml;
  return {
    maxProfiles: yaml.maxProfiles,
    maxRemovals: withShare(limitOf(maxRemovals), DEFAULT_REMOVAL_SHARE),
    maxWithdrawals: withShare(limitOf(maxWithdrawals), DEFAULT_WITHDRAWAL_SHARE),
    maxAdds: limitOf(maxAdds),
    maxStrangerRemovals: limitOf(maxStrangerRemovals ?? { count: 0 }),
    maxRejected: maxRejected === undefined ? undefined : limitOf(maxRejected),
    minSourceRows: yaml.minSourceRows,
    allowEmpty: yaml.allowEmpty ?? false,
  };
}

function withShare(limit: Limit, share: number): Limit {
  return { ...limit, share: limit.share ?? share };
}

/** A limit with its share as a number. */
export function limitOf(yaml: { count?: number; share?: string } | undefined): Limit {
  const share = yaml?.share === undefined ? undefined : Number.parseFloat(yaml.share) / 100;
  return { count: yaml?.count, share };
}
