import { randomUUID } from "node:crypto";

/** A file that the sandbox serves under an address that is its own permission, as presigned addresses are. */
export interface Download {
  readonly name: string;
  readonly type: string;
  readonly chunks: () => Iterable<string>;
  readonly gzip: boolean;
}

/** Exports hold on to what they export, so only the latest files are kept. */
const KEPT = 64;

export class Downloads {
  readonly #files = new Map<string, Download>();
  #base = "";

  /** The sandbox's address, known once it listens. */
  serveFrom(base: string): void {
    this.#base = base;
  }

  /** The address of a new file. */
  add(file: Download): string {
    const token = randomUUID();
    this.#files.set(token, file);
    for (const old of this.#files.keys()) {
      if (this.#files.size <= KEPT) break;
      this.#files.delete(old);
    }
    return `${this.#base}/files/${token}/${encodeURIComponent(file.name)}?X-Amz-Expires=86400&X-Amz-Signature=${token.slice(0, 8)}`;
  }

  get(token: string): Download | undefined {
    return this.#files.get(token);
  }
}
