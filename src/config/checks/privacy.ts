import type { Config } from "../../model/config.js";
import type { Problem } from "../problem.js";

/** Connections that are used although nobody agreed to send personal data there: nothing will be sent. */
export function privacy(config: Config): Problem[] {
  const used = new Set([...config.exports.values()].map(({ connection }) => connection));
  return [...config.connections.values()].flatMap(({ name, dataPrivacy }): Problem[] => {
    if (!used.has(name) || dataPrivacy?.agreed === true) return [];
    return [
      {
        severity: "warning",
        code: "no-data-privacy",
        message: `Nothing will be sent to \`${name}\`: ${dataPrivacy === undefined ? "its `dataPrivacy` is missing" : "its `dataPrivacy` is not agreed"}.`,
        hint: "Once it is agreed that personal data may go there, write `dataPrivacy: {agreed: true, by: NAME, on: DATE}`.",
        at:
          dataPrivacy === undefined ? ["connections", name] : ["connections", name, "dataPrivacy", "agreed"],
      },
    ];
  });
}
