import { fingerprintClaims } from "../../reconcile/claims-fingerprint.js";
import { isFromFuture } from "../../model/believed-time.js";
import { Failure } from "../../model/failure.js";
import { shownTime } from "../../model/words/shown-time.js";
import type { PlanBase, PlanFile } from "../../model/plan/plan-file.js";
import { digestOf } from "../../plan/plan-digest.js";
import { wasApplied } from "../../state/root/root.js";
import type { CompiledExport } from "../../planner/prepared.js";
import type { Run } from "../../run/run.js";

/** What the rows of an export are computed from, besides the people. */
export async function computeBase(
  { engine }: Run,
  compiled: CompiledExport,
  claims: string,
): Promise<PlanBase> {
  const { wanted, applied, definition, open, list, renamedFrom, united, relocation } = compiled;
  return {
    // A first run that this plan continues has begun the record.
    generation: applied !== undefined && wasApplied(applied) ? applied.generation : 0,
    definition: digestOf([definition.digest, renamedFrom, relocation, ...united]),
    list: { account: open.accountKey, id: list?.id ?? null },
    fields: digestOfFields(compiled),
    claims: await fingerprintClaims(engine, claims, wanted.name, list?.id),
  };
}

/** Digest of the fields that payloads name; another one means that they have to be built again. */
export function digestOfFields({ bindings }: Pick<CompiledExport, "bindings">): string {
  return digestOf(bindings);
}

/**
 * Throws `Failure("stale")` with the reason when an export's rows were computed
 * from something else than there is now. What a cut-off run of the same plan
 * (`continues`) has done itself is not a reason; whom others meddled with is told
 * row by row, by `leftToDoSql`.
 */
export function mustBeOn(
  base: PlanBase | undefined,
  now: PlanBase,
  { wanted, applied }: CompiledExport,
  continues: string | undefined,
): void {
  const ours = continues !== undefined;
  const own = ours && (base?.generation === now.generation || applied?.lastRun?.plan === continues);
  const reason =
    base === undefined
      ? "the plan does not have it"
      : own
        ? difference(base, { ...now, ...asPlanned(base), list: made(base, now) })
        : difference(base, now);
  if (reason === undefined) return;
  throw new Failure("stale", `The plan of "${wanted.name}" is stale: ${reason}.`, {
    hint: "Plan again, and have that approved where approvals are asked for. Nothing of this export was sent.",
  });
}

function asPlanned({
  generation,
  claims,
  fields,
}: PlanBase): Pick<PlanBase, "generation" | "claims" | "fields"> {
  return { generation, claims, fields };
}

/** A list that the plan was to create may be there by now. */
function made(base: PlanBase, { list }: PlanBase): PlanBase["list"] {
  return base.list.id === null ? { ...list, id: null } : list;
}

function difference(base: PlanBase, now: PlanBase): string | undefined {
  if (base.definition !== now.definition) return "its configuration has changed since";
  if (base.list.account !== now.list.account) return "its connection leads to another account now";
  if (base.list.id !== now.list.id) return "its list is another one by now";
  if (base.generation !== now.generation) return "it has been applied since";
  if (base.claims !== now.claims) return "what is recorded of its list has changed since";
  if (base.fields !== now.fields) return "the destination's fields have changed since";
  return undefined;
}

/** Throws `Failure("stale")` when a plan has been kept too long, by what it says itself or by the config of today, or when its age cannot be known. */
export function mustBeRecent(
  { expiresAt, plan }: PlanFile,
  { maxAgeSeconds, timezone }: { readonly maxAgeSeconds: number; readonly timezone: string },
  now: Date,
): void {
  const until = Math.min(Date.parse(expiresAt), Date.parse(plan.createdAt) + maxAgeSeconds * 1000);
  const made = shownTime(plan.createdAt, timezone);
  if (isFromFuture(Date.parse(plan.createdAt), now.getTime()))
    throw new Failure(
      "stale",
      `The age of the plan cannot be told: it was made at ${made}, and the clock of this machine shows ${shownTime(now, timezone)}.`,
      { hint: "Set the clock right that is wrong, here or where the plan was made, and plan again." },
    );
  if (now.getTime() <= until) return;
  throw new Failure("stale", `The plan is too old: it was made at ${made}.`, {
    hint: "Plan again. `approvals.maxPlanAge` says how long a plan may be applied.",
  });
}
