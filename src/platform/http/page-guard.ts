import { createHash } from "node:crypto";
import { Failure } from "../../model/failure.js";

/** Ends the reading of pages that never end: one that came before, or more of them than there can be. */
export class PageGuard {
  readonly #what: string;
  readonly #most: number;
  readonly #seen = new Set<string>();
  #pages = 0;

  constructor(what: string, most: number) {
    this.#what = what;
    this.#most = most;
  }

  /** `mark` tells a page from all others; an empty page is not a repetition. */
  turn(mark: string): void {
    this.#pages += 1;
    const digest = createHash("sha1").update(mark).digest("base64");
    if (mark !== "" && this.#seen.has(digest)) throw this.#endless("the same page came twice");
    if (this.#pages > this.#most) throw this.#endless(`there are more than ${this.#most} pages`);
    this.#seen.add(digest);
  }

  #endless(why: string): Failure {
    return new Failure("permanent", `${this.#what} cannot be paged: ${why}.`, {
      hint: "Check the baseUrl of the connection, and whether a proxy is in between.",
    });
  }
}
