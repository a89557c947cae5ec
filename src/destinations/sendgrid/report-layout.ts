/** Where an error report has its addresses and reasons; column numbers from 0. */
export interface ReportLayout {
  readonly columns: readonly string[];
  readonly header: boolean;
  readonly email: number;
  readonly reason: number | undefined;
}

/** Undefined when no column holds addresses. `sample` is the beginning of a CSV. */
export function readReportLayout(sample: string): ReportLayout | undefined {
  const rows = parseRows(sample.replace(/^\uFEFF/, ""), 50);
  const [first] = rows;
  if (first === undefined) return undefined;
  const header = !first.some((value) => value.includes("@"));
  const values = header ? rows.slice(1) : rows;
  const names = first.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[^a-z]/g, ""),
  );
  const share = (column: number): number => values.filter((row) => isAddress(row[column] ?? "")).length;
  const columns = first.map((_, index) => index);
  const named = header ? columns.filter((column) => /^(primary)?email(address)?$/.test(names[column]!)) : [];
  const likely = columns.filter((column) => share(column) > 0).sort((a, b) => share(b) - share(a));
  const email = named[0] ?? likely[0];
  if (email === undefined) return undefined;
  const reason = header
    ? columns.find((column) => column !== email && /error|reason|message|detail/.test(names[column]!))
    : undefined;
  return { columns: first, header, email, reason };
}

function isAddress(value: string): boolean {
  return /^\s*[^\s@]+@[^\s@]+\s*$/.test(value);
}

/** The first `limit` rows of a CSV (RFC 4180). */
function parseRows(text: string, limit: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    if (rows.length === limit || end === "") break;
  }
  return rows;
}
