/** Types as they may be named in a message; an enumeration or a structure has data in what is in its parentheses. */
const PLAIN =
  /^(BIGINT|BIT|BLOB|BOOLEAN|DATE|DECIMAL\(\d+,\d+\)|DOUBLE|FLOAT|HUGEINT|INTEGER|INTERVAL|JSON|SMALLINT|TIME|TIMESTAMP|TIMESTAMP_(?:S|MS|NS)|TIMESTAMP WITH TIME ZONE|TIME WITH TIME ZONE|TINYINT|UBIGINT|UHUGEINT|UINTEGER|USMALLINT|UTINYINT|UUID|VARCHAR)$/;
const NESTED = /^(ENUM|STRUCT|MAP|UNION)\(/;

/** A type in our own words. */
export function typeName(text: string): string {
  const type = text.trim();
  const list = /^(.*)\[\d*\]$/s.exec(type);
  if (list !== null) return `${typeName(list[1] ?? "")}[]`;
  if (type === "INTEGER_LITERAL") return "INTEGER";
  if (type === "STRING_LITERAL") return "VARCHAR";
  if (type === '"NULL"') return "NULL";
  return PLAIN.exec(type)?.[1] ?? NESTED.exec(type)?.[1] ?? "another type";
}

/** The types of a list of arguments; undefined when values are in it. */
export function typeNames(text: string): string | undefined {
  if (/['"]/.test(text.replaceAll('"NULL"', ""))) return undefined;
  const types: string[] = [];
  let open: string[] = [];
  for (const part of text.split(",")) {
    open.push(part);
    const type = open.join(",");
    if (type.split("(").length !== type.split(")").length) continue;
    types.push(typeName(type));
    open = [];
  }
  return types.join(", ");
}
