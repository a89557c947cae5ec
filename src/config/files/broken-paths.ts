import type { Path } from "../diagnostics/problem.js";

/** Paths that break the schema, asked for the entries that they are in. */
export class BrokenPaths {
  readonly #above = new Set<string>();

  constructor(paths: readonly Path[]) {
    for (const path of paths)
      for (let length = Math.min(path.length, LONGEST_ENTRY); length >= 0; length--) {
        const key = keyOf(path.slice(0, length));
        // Whatever is above it is there, too.
        if (this.#above.has(key)) break;
        this.#above.add(key);
      }
  }

  /** Whether something at this place or below it breaks the schema. */
  has(at: Path): boolean {
    return this.#above.has(keyOf(at));
  }
}

/** `environments.NAME.connections.NAME`: no entry is deeper. */
const LONGEST_ENTRY = 4;

function keyOf(path: Path): string {
  return JSON.stringify(path.map(String));
}
