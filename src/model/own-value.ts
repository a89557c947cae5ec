/**
 * What an object holds itself under a name that people or vendors chose.
 * Every object answers to names such as `constructor` and `toString` as well.
 */
export function ownValue<Value>(
  record: Readonly<Record<string, Value>> | undefined | null,
  name: string,
): Value | undefined {
  return record !== undefined && record !== null && Object.hasOwn(record, name) ? record[name] : undefined;
}
