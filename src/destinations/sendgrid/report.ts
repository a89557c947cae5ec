/** Someone a job did not store. */
export interface ReportRow {
  readonly email: string;
  /** As the report says it; may quote values. */
  readonly reason: string;
}

/**
 * The people in an error report. Its columns are not documented: the address
 * and the reason are found by name, else by what the values look like.
 * Undefined when no column holds addresses.
 */
export function parseReport(text: string): ReportRow[] | undefined {
  const rows = parseCsv(text.replace(/^\uFEFF/, ""));
  const [first] = rows;
  if (first === undefined) return undefined;
  const header = !first.some((value) => value.includes("@"));
  const values = header ? rows.slice(1) : rows;
  const names = header ? first.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, "")) : [];
  const email = emailColumn(names, values);
  if (email === undefined) return undefined;
  const reason = names.findIndex(
    (name, column) => column !== email && /error|reason|message|detail/.test(name),
  );
  return values.flatMap((row) => {
    const address = row[email] ?? "";
    return isAddress(address) ? [{ email: address.trim(), reason: row[reason] ?? "" }] : [];
  });
}

function emailColumn(names: readonly string[], values: readonly (readonly string[])[]): number | undefined {
  const addresses = (column: number): number => values.filter((row) => isAddress(row[column])).length;
  const named = names.findIndex((name) => /^(primary)?email(address)?$/.test(name));
  if (named !== -1 && addresses(named) > 0) return named;
  const columns = [...(values[0]?.keys() ?? [])].filter((column) => addresses(column) > 0);
  return columns.sort((a, b) => addresses(b) - addresses(a))[0];
}

function isAddress(value: string | undefined): boolean {
  return value !== undefined && /^\s*[^\s@]+@[^\s@]+\s*$/.test(value);
}

/** RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    if (end === "") break;
  }
  return rows;
}
