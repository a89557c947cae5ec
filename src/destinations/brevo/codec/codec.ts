import type { Connection } from "../../../model/config/connection.js";
import type { Binding, Codec } from "../../../plugin/codec.js";
import { forecastCost } from "./forecast.js";
import { clearsBy, groupSql } from "./group.js";
import { matchesSql } from "./matches.js";
import { payloadSql, recognisedBySql } from "./payload.js";
import { routeOf } from "./routes.js";

export function codec(bindings: readonly Binding[], connection: Connection): Codec {
  return {
    payload: payloadSql(bindings),
    group: groupSql(bindings, clearsBy(connection)),
    matches: matchesSql(bindings),
    recognisedBy: recognisedBySql(bindings),
    route: (operation, rows, group = "") => routeOf(operation, { rows, group }, bindings, connection),
    forecast: (work) => forecastCost(work, bindings, connection),
  };
}
