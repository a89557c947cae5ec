/**
 * Rows that a plug-in hands over without putting them into JavaScript objects:
 * one SELECT that the engine runs. It may read files in the run's scratch
 * folder (`read_csv`, `read_json`, `read_parquet` with absolute paths) and
 * nothing else.
 */
export interface Relation {
  readonly sql: string;
}

/** A string as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A path as the engine's readers of files take it: brackets and stars in a name are letters, and no pattern. */
export function exactPath(path: string): string {
  return path.replaceAll(/[[*?]/g, (letter) => `[${letter}]`);
}
