import { createHash } from "node:crypto";

/** Public contact ids: UUIDs that hold the row number, so that no index of a million ids is needed. */
export class ContactIds {
  readonly #prefix: string;

  constructor(account: number) {
    const hex = createHash("sha256").update(String(account)).digest("hex");
    this.#prefix = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-`;
  }

  id(row: number): string {
    return this.#prefix + row.toString(16).padStart(12, "0");
  }

  row(id: string): number | undefined {
    if (!id.startsWith(this.#prefix) || !/^[0-9a-f]{12}$/.test(id.slice(this.#prefix.length)))
      return undefined;
    return Number.parseInt(id.slice(this.#prefix.length), 16);
  }
}
