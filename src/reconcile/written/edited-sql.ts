import type { Edit } from "./followed-column.js";

const NAME = /^(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)/u;

/** The SQL of a view with what is put into it; undefined where it is not written as its syntax tree says. */
export function editedSql(sql: string, edits: readonly Edit[]): string | undefined {
  const bytes = Buffer.from(sql);
  const once = new Map(edits.map((edit) => [`${edit.at} ${edit.text}`, edit]));
  let edited = "";
  let end = bytes.length;
  for (const { at, place, text } of [...once.values()].toSorted((a, b) => b.at - a.at)) {
    const rest = bytes.subarray(at, end).toString();
    const name = place === "table" ? NAME.exec(rest)?.[0] : "";
    if (name === undefined) return undefined;
    edited = text + rest.slice(name.length) + edited;
    end = at;
  }
  return bytes.subarray(0, end).toString() + edited;
}
