import type { Config } from "../../model/config.js";
import type { Problem } from "../problem.js";

/** Connections that are used although nobody agrees to send personal data there: nothing will be sent. */
export function privacy(config: Config): Problem[] {
  return [...config.connections.values()].flatMap(({ name, dataPrivacy }): Problem[] => {
    const dependents = [...config.exports.values()].filter(({ connection }) => connection === name);
    if (dependents.length === 0 || dataPrivacy?.agreed === true) return [];
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
    const names = dependents.map((item) => item.name).join(", ");
    return [
      {
        ...common,
        message: `Nothing will be sent to \`${name}\`: its \`dataPrivacy\` is not agreed. Detached: ${names}.`,
        hint: AGREE,
        at: ["connections", name, "dataPrivacy", "agreed"],
      },
    ];
  });
}

const AGREE =
  "Once it is agreed that personal data may go there, write `dataPrivacy: {agreed: true, by: NAME, on: DATE}`.";
