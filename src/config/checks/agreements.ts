import type { Config } from "../../model/config/config.js";
import type { Problem } from "../diagnostics/problem.js";

/** Connections that are used although nobody agrees to send personal data there: nothing will be sent. */
export function checkAgreements(config: Config): Problem[] {
  const dependents = dependentsOf(config);
  return [...config.connections.values()].flatMap(({ name, dataPrivacy }): Problem[] => {
    const own = dependents.get(name) ?? [];
    if (own.length === 0 || dataPrivacy?.agreed === true) return [];
    const common = { severity: "warning" as const, code: "no-data-privacy" };
    if (dataPrivacy === undefined)
      return [
        {
          ...common,
          message: `Nothing will be sent to \`${name}\`: its \`dataPrivacy\` is missing.`,
          hint: AGREE,
          at: ["connections", name],
        },
      ];
    return [
      {
        ...common,
        message: `Nothing will be sent to \`${name}\`: its \`dataPrivacy\` is not agreed. Detached: ${own.join(", ")}.`,
        hint: AGREE,
        at: ["connections", name, "dataPrivacy", "agreed"],
      },
    ];
  });
}

/** The exports of each connection. */
function dependentsOf({ exports }: Config): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, connection } of exports.values()) {
    const own = found.get(connection);
    if (own === undefined) found.set(connection, [name]);
    else own.push(name);
  }
  return found;
}

const AGREE =
  "Once it is agreed that personal data may go there, write `dataPrivacy: {agreed: true, by: NAME, on: DATE}`.";
