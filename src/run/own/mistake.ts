/** How a module breaks its contract, in words of ours, which may be shown. */
export class Mistake extends Error {
  readonly hint: string;

  constructor(message: string, hint = "docs/own-sources-and-notifiers.md says what it has to answer with.") {
    super(message);
    this.name = "Mistake";
    this.hint = hint;
  }
}
