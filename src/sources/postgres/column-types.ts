import type { FieldDef } from "pg";
import type { ValueType } from "../../plugin/source.js";

/** By the numbers that the server gives its own types, which never change (`pg_type.dat`). */
const TYPES: Readonly<Record<number, ValueType>> = {
  16: "BOOLEAN",
  20: "BIGINT",
  21: "BIGINT",
  23: "BIGINT",
  700: "DOUBLE",
  701: "DOUBLE",
  1082: "DATE",
  1114: "TIMESTAMP",
  1184: "TIMESTAMP",
};
const NUMERIC = 1700;
/** The server counts the length of this header into a type's modifier. */
const HEADER = 4;
const MOST_DIGITS = 38;

/** What the values of a column are; undefined where they are text to the engine, as of an array or an interval. */
export function valueTypeOf({ dataTypeID, dataTypeModifier }: FieldDef): ValueType | undefined {
  if (dataTypeID !== NUMERIC) return TYPES[dataTypeID];
  const modifier = dataTypeModifier - HEADER;
  const digits = modifier >> 16;
  const scale = modifier & 0x7ff;
  // Without a modifier each value has its own scale, and a scale of 1024 or more is a negative one.
  if (dataTypeModifier < HEADER || digits > MOST_DIGITS || scale > digits) return "DOUBLE";
  return `DECIMAL(${digits},${scale})`;
}
