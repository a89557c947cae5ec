import type { ValueType } from "../../plugin/source.js";
import type { Traits } from "./traits.js";

/** By data type (`dataType`) and data format (`dataFormat`), in small letters; all others are text. */
const TYPES: Readonly<Record<string, ValueType>> = {
  int64: "BIGINT",
  int32: "BIGINT",
  int16: "BIGINT",
  integer: "BIGINT",
  biginteger: "BIGINT",
  smallinteger: "BIGINT",
  double: "DOUBLE",
  float: "DOUBLE",
  // Without a trait that says more, each value may have its own scale.
  decimal: "DOUBLE",
  boolean: "BOOLEAN",
  date: "DATE",
  datetime: "TIMESTAMP",
  datetimeoffset: "TIMESTAMP",
};
const MOST_DIGITS = 38;

/** What the values of a column are; undefined: text. */
export function valueTypeOf(named: string, traits: Traits): ValueType | undefined {
  const name = named.toLowerCase();
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  const { precision, scale } = traits.get("is.dataformat.numeric.shaped") ?? {};
  const [digits, decimals] = [Number(precision), Number(scale)];
  const isShaped =
    Number.isInteger(digits) && Number.isInteger(decimals) && decimals >= 0 && decimals <= digits;
  return name === "decimal" && isShaped && digits > 0 && digits <= MOST_DIGITS
    ? `DECIMAL(${digits},${decimals})`
    : type;
}
