import type { AttributeMapping, AttributeValue, NullPolicy } from "../../model/config/attribute.js";
import type { Attribute as AttributeYaml } from "../schema/config-file.gen.js";

/** One attribute with its shorthand written out. `defaults` are those of the export. */
export function attributeOf(
  name: string,
  yaml: string | AttributeYaml,
  defaults: { nulls: NullPolicy; createMissing: boolean },
): AttributeMapping {
  const full: AttributeYaml = typeof yaml === "string" ? { column: yaml } : yaml;
  const phone = isPhone(name, full);
  return {
    name,
    value: valueOf(full),
    type: phone ? "phone" : (full.type ?? impliedType(full)),
    nulls: full.nulls ?? defaults.nulls,
    createMissing: full.createMissing ?? defaults.createMissing,
    choices: full.choices ?? [],
    ...(full.format === undefined ? {} : { format: full.format }),
    ...(full.decimal === undefined ? {} : { decimal: full.decimal }),
    phone: phone
      ? { countryColumn: full.countryColumn, defaultCountry: full.defaultCountry, as: full.as ?? "text" }
      : undefined,
  };
}

/** The plain name `phone` and every option of a phone mean a phone, unless a type says otherwise. */
function isPhone(name: string, yaml: AttributeYaml): boolean {
  if (yaml.type !== undefined) return yaml.type === "phone";
  return name === "phone" || PHONE_OPTIONS.some((option) => yaml[option] !== undefined);
}

/** How a value is written says what it is. */
function impliedType({ format, decimal }: AttributeYaml): AttributeYaml["type"] {
  if (format !== undefined) return "date";
  return decimal === undefined ? undefined : "number";
}

export const PHONE_OPTIONS = ["countryColumn", "defaultCountry", "as"] as const;

function valueOf(yaml: AttributeYaml): AttributeValue {
  if (yaml.sql !== undefined) return { sql: yaml.sql };
  if (yaml.constant !== undefined) return { constant: yaml.constant };
  return { column: yaml.column ?? "" };
}
