import type { AttributeMapping } from "../../model/config/attribute.js";
import type { Config } from "../../model/config/config.js";
import type { Path, Problem } from "../diagnostics/problem.js";
import { accountOf } from "./account.js";
import { fieldName } from "./field-name.js";

/** One field, one meaning: within an export, and over all exports to one account. */
export function checkAttributes(config: Config): Problem[] {
  const meanings = new Map<string, { export: string; mapping: AttributeMapping }>();
  const problems: Problem[] = [];
  for (const { name, connection, attributes } of config.exports.values()) {
    const target = config.connections.get(connection);
    if (target === undefined) continue;
    const own = new Map<string, string>();
    for (const mapping of attributes) {
      const at = ["exports", name, "attributes", mapping.name];
      const field = fieldName(target.kind, mapping.name);
      const twin = own.get(field);
      own.set(field, mapping.name);
      const earlier = meanings.get(accountOf(target) + field);
      if (field === "email") problems.push(address(at));
      else if (twin !== undefined) problems.push(repeated(mapping.name, twin, at));
      else if (earlier === undefined) meanings.set(accountOf(target) + field, { export: name, mapping });
      else if (meaning(earlier.mapping) !== meaning(mapping))
        problems.push(conflict(mapping.name, earlier.export, at));
    }
  }
  return problems;
}

/** Everything that decides what is sent. */
function meaning({ value, type, nulls, choices, phone }: AttributeMapping): string {
  return JSON.stringify([Object.entries(value), type, nulls, choices, phone]);
}

function address(at: Path): Problem {
  return {
    severity: "error",
    code: "attribute-email",
    message: "The address is sent with every contact and is not an attribute.",
    hint: "Remove it; `match.email` says which column holds the address.",
    at,
    onKey: true,
  };
}

function repeated(name: string, twin: string, at: Path): Problem {
  return {
    severity: "error",
    code: "attribute-twice",
    message: `\`${name}\` and \`${twin}\` are the same field at the destination.`,
    hint: "Keep one of the two.",
    at,
    onKey: true,
  };
}

function conflict(name: string, other: string, at: Path): Problem {
  return {
    severity: "error",
    code: "attribute-conflict",
    message: `The export \`${other}\` sends something else as \`${name}\` to the same account.`,
    hint: "An attribute belongs to the contact, not to the list: map it the same way in both exports, or use two attributes.",
    at,
    onKey: true,
  };
}
