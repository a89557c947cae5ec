import { randomUUID } from "node:crypto";

/** A file that the sandbox serves under an address that is its own permission, as presigned addresses are. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly chunks: () => Iterable<string>;
  readonly gzip: boolean;
  /** Rows that the file keeps in memory. */
  readonly rows: number;
}

/** Exports hold on to what they export: beyond so many rows in all, the oldest files go. */
const MAX_ROWS = 4_000_000;

export class Downloads {
  readonly #files = new Map<string, Download>();
  #base = "";
  #rows = 0;

  /** The sandbox's address, known once it listens. */
  serveFrom(base: string): void {
    this.#base = base;
  }

  /** The address of a new file. */
  add(file: Download): string {
    const token = randomUUID();
    this.#files.set(token, file);
    this.#rows += file.rows;
    for (const [old, { rows }] of this.#files) {
      if (this.#rows <= MAX_ROWS || old === token) break;
      this.#files.delete(old);
      this.#rows -= rows;
    }
    return `${this.#base}/files/${token}/${encodeURIComponent(file.name)}?X-Amz-Expires=86400&X-Amz-Signature=${token.slice(0, 8)}`;
  }

  get(token: string): Download | undefined {
    return this.#files.get(token);
  }
}
