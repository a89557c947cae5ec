import type { Config } from "../../model/config/config.js";
import type { Problem } from "../diagnostics/problem.js";

/** Only a mirror takes anybody off a list who is not of its own adding. */
export function checkStrangers(config: Config): Problem[] {
  return [...config.exports.values()].flatMap(({ name, mode, strangers: policy }): Problem[] =>
    policy !== "remove" || mode === "mirror"
      ? []
      : [
          {
            severity: "error",
            code: "strangers-need-mirror",
            message: `\`strangers: remove\` takes nobody off the list under \`mode: ${mode}\`.`,
            hint: "Write `mode: mirror`, or `strangers: report`.",
            at: ["exports", name, "strangers"],
          },
        ],
  );
}
