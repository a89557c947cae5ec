/** What a value is, on our side. `phone` is text in E.164. */
export type AttributeType = "text" | "number" | "date" | "boolean" | "choice" | "phone";

/** Where an attribute's value comes from in a profile. */
export type AttributeValue =
  { readonly column: string } | { readonly sql: string } | { readonly constant: string | number | boolean };

/** What an empty value does at the destination: leave what is stored, or clear it. */
export type NullPolicy = "leave" | "clear";

/** One attribute of an export, with every shorthand of the YAML written out. */
export interface AttributeMapping {
  /** A plain name (`firstName`, `lastName`, `phone`, `country`, `state`, `city`, `postalCode` …) or the destination's own field name. */
  readonly name: string;
  readonly value: AttributeValue;
  /** Undefined: the type of the destination's field. */
  readonly type: AttributeType | undefined;
  readonly nulls: NullPolicy;
  /** Create the field at the destination when it is missing. */
  readonly createMissing: boolean;
  /** Labels a `choice` may take; empty when the destination's own labels decide. */
  readonly choices: readonly string[];
  /** Only for dates: how they are written, in the letters of `strftime`; missing: as ISO 8601 says. */
  readonly format?: string;
  /** Only for numbers: what comes before the decimals; missing: a point, where nothing speaks for a comma. */
  readonly decimal?: "," | ".";
  /** Only for phones. `sms` makes it Brevo's SMS identifier, which merges contacts that share a number. */
  readonly phone:
    | {
        readonly countryColumn: string | undefined;
        readonly defaultCountry: string | undefined;
        readonly as: "text" | "sms";
      }
    | undefined;
}
