import { Failure } from "./failure.js";

/** What comes from a change that nobody has reviewed is not opened. */
export class AwaitsTrust extends Failure {
  constructor(message: string) {
    super("refused", message, { hint: "Its exports can be planned once it is merged." });
  }
}
