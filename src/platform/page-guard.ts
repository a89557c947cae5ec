import { Failure } from "../model/failure.js";

/** Ends the reading of pages that never end: the same page again, or more of them than there can be. */
export class PageGuard {
  readonly #what: string;
  readonly #most: number;
  #pages = 0;
  #last: string | undefined;

  constructor(what: string, most: number) {
    this.#what = what;
    this.#most = most;
  }

  /** `mark` tells a page from the one before; an empty page is no repetition. */
  turn(mark: string): void {
    this.#pages += 1;
    if (mark !== "" && mark === this.#last) throw this.#endless("the same page came twice");
    if (this.#pages > this.#most) throw this.#endless(`there are more than ${this.#most} pages`);
    this.#last = mark;
  }

  #endless(why: string): Failure {
    return new Failure("permanent", `${this.#what} cannot be paged: ${why}.`, {
      hint: "Check the baseUrl of the connection, and whether a proxy stands in between.",
    });
  }
}
