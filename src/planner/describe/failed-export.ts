import type { Export } from "../../model/config/export.js";
import { AwaitsTrust } from "../../model/awaits-trust.js";
import { keptFailure } from "../../platform/defects.js";
import type { Config } from "../../model/config/config.js";
import type { ExportPlan } from "../../model/plan/plan.js";
import { typeOfConnection } from "../../run/destinations.js";
import type { FailedExport } from "../prepared.js";

/** An export that could not be planned; the others go on. */
export function failedExport(config: Config, wanted: Export, error: unknown): FailedExport {
  const failure = keptFailure(error);
  const { kind, message, hint } = failure;
  const awaitsTrust =
    failure instanceof AwaitsTrust || config.connections.get(wanted.connection)?.needsTrust === true;
  const nothing = nothingPlanned(config, wanted);
  return {
    wanted,
    failure,
    plan: { ...nothing, ...(awaitsTrust ? { awaitsTrust } : {}), error: { kind, message, hint } },
  };
}

/** The plan of an export of which nothing is done. */
export function nothingPlanned(config: Config, wanted: Export): ExportPlan {
  const none = { config: 0, churn: 0, drift: 0 };
  return {
    name: wanted.name,
    displayName: wanted.displayName,
    connection: wanted.connection,
    type: typeOfConnection(config, wanted.connection),
    account: "",
    list: {
      id: "id" in wanted.list ? wanted.list.id : undefined,
      name: "name" in wanted.list ? wanted.list.name : undefined,
      create: false,
    },
    mode: wanted.mode,
    firstRun: false,
    counts: {
      desired: 0,
      add: 0,
      update: 0,
      remove: 0,
      unchanged: 0,
      left: 0,
      found: 0,
      strangers: undefined,
      adopted: 0,
      strangerRemovals: 0,
      withdrawn: 0,
      drifted: undefined,
      heldBack: {},
    },
    causes: { add: none, update: none, remove: none },
    causeNote: undefined,
    samples: [],
    badValues: [],
    fieldsToCreate: [],
    cost: { requests: 0, bytes: 0, minutes: 0 },
    checks: [],
    error: undefined,
  };
}
