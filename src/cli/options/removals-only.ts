import { commandLine } from "../../model/words/command-line.js";
import { Failure } from "../../model/failure.js";
import { applyWords } from "../../report/runs/apply-words.js";

/** What `--removals-only` says of itself. */
export const REMOVALS_ONLY =
  "add and update nobody, only take off who withdrew or left; also where consent of the connection is withdrawn";

interface Wishes {
  readonly target?: readonly string[];
  readonly removalsOnly?: boolean;
  readonly due?: boolean;
  readonly out?: string;
}

/** A schedule asks for the whole of an export, and so does a saved plan. */
export function mustStandAlone({ target = [], removalsOnly, due, out }: Wishes): void {
  if (removalsOnly !== true) return;
  const other = due === true ? "--due" : out === undefined ? undefined : "--out";
  if (other === undefined) return;
  const [, ...words] = applyWords({ targets: target, removalsOnly });
  throw new Failure("invalid", `--removals-only and ${other} do not go together.`, {
    hint: `Look at \`${commandLine(["plan", ...words])}\`, then run \`${commandLine(["apply", ...words])}\`.`,
  });
}
