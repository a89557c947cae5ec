import type { Config } from "../../model/config/config.js";
import type { Export } from "../../model/config/export.js";
import type { ExportPlan } from "../../model/plan/plan.js";
import { agreementState } from "../../policy/agreement.js";
import { exportState, type StateRoot } from "../../state/root/root.js";
import { nothingPlanned } from "../describe/failed-export.js";
import type { Run } from "../../run/run.js";
import { ownValue } from "../../model/own-value.js";

/** An export that is kept and inactive, because it has no connection that may be used. */
export interface DetachedExport {
  readonly wanted: Export;
  readonly plan: ExportPlan & { readonly detached: string };
}

/** Why an export of this run is detached; undefined when it is not. Taking people off goes on under withdrawn consent when it is asked for by name. */
export function detachmentOf(
  { config, state, removalsOnly }: Pick<Run, "config" | "state" | "removalsOnly">,
  connection: string,
): string | undefined {
  return (
    disconnected(config, connection) ?? (removalsOnly ? undefined : withdrawn(config, state.root, connection))
  );
}

/** Why it is detached as long as nothing is asked for; undefined when it is not. */
export function standingDetachment(config: Config, root: StateRoot, connection: string): string | undefined {
  return disconnected(config, connection) ?? withdrawn(config, root, connection);
}

function disconnected({ connections }: Config, connection: string): string | undefined {
  if (connection === "") return "It has no connection.";
  if (connections.has(connection)) return undefined;
  return `Its connection "${connection}" is not in the configuration any more.`;
}

function withdrawn({ connections }: Config, { consents }: StateRoot, connection: string): string | undefined {
  const target = connections.get(connection);
  if (target === undefined || agreementState(target, ownValue(consents, connection)) !== "withdrawn")
    return undefined;
  return `Consent to send people to its connection "${connection}" is withdrawn.`;
}

export function detachedExport({ config, state }: Run, wanted: Export, detached: string): DetachedExport {
  const plan = nothingPlanned(config, wanted);
  // The config may not say any more what the connection was.
  const recorded = exportState(state.root, wanted.name)?.list.accountId.split(":")[0];
  const type = config.connections.get(wanted.connection)?.type ?? recorded;
  return { wanted, plan: { ...plan, type: type ?? plan.type, detached } };
}
