import type { Migration } from "../../model/reports/state-report.js";
import { counted, size } from "../layout/quantity.js";
import { wrap } from "../layout/text.js";

/** What moving a state means, before it is done. */
export function migrationHuman(migration: Migration): string {
  const { from, to, lineage, serial, blobs, bytes, keyId, encrypts, stage } = migration;
  if (stage === "done") return wrap("", `The state is in ${to} already; ${from} is closed.`).join("\n");
  const key = keyId === undefined ? "in clear" : `encrypted with the key ${keyId}`;
  return [
    ...wrap("", `The state (lineage ${lineage}, serial ${serial}) moves`),
    `  from ${from}`,
    `  to   ${to}`,
    ...wrap("", `with ${counted(blobs, "blob")} (${size(bytes)}), ${key}.`),
    ...(encrypts ? wrap("", "Before that it is encrypted with that key where it is.") : []),
    ...wrap(
      "",
      stage === "closed"
        ? "An earlier run closed the old place and was cut off; this one goes on."
        : "Afterwards the old place is closed: whoever still uses it gets an error that names the new one.",
    ),
  ].join("\n");
}

/** What was done, and what is left to do. */
export function migratedHuman({ from, to, serial, blobs, bytes }: Migration): string {
  return [
    ...wrap("", `The state is in ${to} (serial ${serial}, ${counted(blobs, "blob")}, ${size(bytes)}).`),
    ...wrap(
      "",
      `${from} is closed. What lies there still names people: delete it once \`rollcall plan\` shows what you expect.`,
    ),
  ].join("\n");
}
