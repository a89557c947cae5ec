import { Failure } from "../../model/failure.js";
import type { BindProblem } from "../../plugin/codec.js";

/** All attributes that cannot be bound, in one failure. */
export function bindFailure(exportName: string, problems: readonly BindProblem[]): Failure {
  const lines = problems.map(({ message, hint }) => (hint === undefined ? message : `${message} ${hint}`));
  const [only] = problems;
  return problems.length === 1 && only !== undefined
    ? new Failure(
        "invalid",
        `Export "${exportName}": ${only.message}`,
        only.hint === undefined ? {} : { hint: only.hint },
      )
    : new Failure(
        "invalid",
        `Export "${exportName}": ${problems.length} attributes do not fit the destination:\n  ${lines.join("\n  ")}`,
      );
}
