import type { AttributeMapping } from "../../model/config/attribute.js";
import type { Config } from "../../model/config/config.js";
import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { destinations } from "../../registry/destinations.js";
import { PHONE_OPTIONS } from "../normalise/attribute.js";
import type { Problem } from "../diagnostics/problem.js";
import type { RawExports } from "./raw.js";

/** Options of an attribute that its type or its destination does not know. */
export function checkAttributeOptions(config: Config, raw: RawExports): Problem[] {
  return [...config.exports.values()].flatMap(({ name, connection, attributes }) =>
    attributes.flatMap((mapping) => {
      const written = Object.keys(raw(name)?.attributes?.[mapping.name] ?? {});
      const found = optionFault(mapping, written, config.connections.get(connection)?.kind);
      if (found === undefined) return [];
      const at = ["exports", name, "attributes", mapping.name, found.option];
      return [
        {
          severity: "error" as const,
          code: "attribute-option",
          message: found.message,
          hint: found.hint,
          at,
          onKey: true,
        },
      ];
    }),
  );
}

const WITH_SMS_NUMBERS = new Intl.ListFormat("en").format(
  destinations.filter(({ hasSmsNumbers }) => hasSmsNumbers).map(({ label }) => label),
);

interface Fault {
  readonly option: string;
  readonly message: string;
  readonly hint: string;
}

function optionFault(
  { type, value, choices, phone }: AttributeMapping,
  written: readonly string[],
  destination: DestinationManifest | undefined,
): Fault | undefined {
  const misplaced = PHONE_OPTIONS.find((option) => written.includes(option));
  if (phone === undefined && misplaced !== undefined)
    return {
      option: misplaced,
      message: `\`${misplaced}\` is only for phones.`,
      hint: "Write `type: phone`, or remove it.",
    };
  for (const [option, own] of [
    ["format", "date"],
    ["decimal", "number"],
  ] as const)
    if (written.includes(option) && type !== own)
      return {
        option,
        message: `\`${option}\` is only for ${own}s.`,
        hint: `Write \`type: ${own}\`, or remove it.`,
      };
  if (choices.length > 0 && type !== "choice")
    return {
      option: "choices",
      message: "`choices` is only for choices.",
      hint: "Write `type: choice`, or remove it.",
    };
  if (phone?.as === "sms" && destination?.hasSmsNumbers === false)
    return {
      option: "as",
      message: `\`as: sms\` is only known at ${WITH_SMS_NUMBERS}.`,
      hint: "Remove it; the phone is then sent as text.",
    };
  if (phone?.defaultCountry !== undefined && !isCountry(phone.defaultCountry))
    return {
      option: "defaultCountry",
      message: `There is no country \`${phone.defaultCountry}\`.`,
      hint: "Use the two-letter ISO 3166 code, such as DE, GB or US.",
    };
  return "constant" in value ? constantFault(value.constant, type, choices) : undefined;
}

/** A constant of the wrong kind would be a bad value for everybody. */
function constantFault(
  constant: string | number | boolean,
  type: AttributeMapping["type"],
  choices: readonly string[],
): Fault | undefined {
  const option = "constant";
  if ((type === "number" || type === "boolean") && typeof constant !== type)
    return { option, message: `The constant is not a ${type}.`, hint: "Change the constant or the `type`." };
  if (choices.length > 0 && !choices.includes(String(constant)))
    return {
      option,
      message: "The constant is none of the `choices`.",
      hint: `They are ${choices.join(", ")}.`,
    };
  return undefined;
}

function isCountry(code: string): boolean {
  const name = new Intl.DisplayNames("en", { type: "region", fallback: "none" }).of(code);
  return name !== undefined && name !== "Unknown Region";
}
