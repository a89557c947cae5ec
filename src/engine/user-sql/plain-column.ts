import { foldName } from "../../model/fold-name.js";

const NAME = String.raw`(?:"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*)`;
const PLAIN = new RegExp(String.raw`^\s*\(?\s*((?:${NAME}\s*\.\s*)?)(${NAME})\s*\)?\s*$`, "u");

/** A column that a piece of SQL is, and nothing more. */
export interface PlainColumn {
  /** What comes before its name, with the dot; mostly empty. */
  readonly qualifier: string;
  /** As the engine compares names. */
  readonly column: string;
}

export function plainColumn(sql: string): PlainColumn | undefined {
  const [, qualifier = "", name] = PLAIN.exec(sql) ?? [];
  if (name === undefined) return undefined;
  const column = foldName(name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name);
  return { qualifier, column };
}
