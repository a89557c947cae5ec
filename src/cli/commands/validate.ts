import { Option } from "commander";
import { Failure } from "../../model/failure.js";
import { counted } from "../../report/layout/quantity.js";
import { type Register, performAction } from "../command.js";
import { type DiagnosticsFormat, showDiagnostics } from "../output/diagnostics.js";
import { type UntrustedOptions, addUntrustedOptions, baseWishOf } from "../options/untrusted.js";
import { exitCodeOfDiagnostics } from "../process/exit-code.js";

interface ValidateOptions extends UntrustedOptions {
  readonly format?: DiagnosticsFormat;
  readonly codeQuality?: string;
}

export const register: Register = (program, outcome) => {
  const validate = program
    .command("validate")
    .description(
      "check the configuration and its SQL; asks no destination, and looks at columns but at nobody's values",
    );
  addUntrustedOptions(validate)
    .addOption(
      new Option(
        "--format <name>",
        "what to write beside the text: annotations for GitHub Actions, or GitLab's report (default: told by the environment)",
      ).choices(["human", "github", "gitlab"]),
    )
    .option("--code-quality <file>", "write GitLab's report of code quality into this file")
    .action(async (options: ValidateOptions, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        const { format, codeQuality } = options;
        if (format === "gitlab" && codeQuality === undefined) throw noFile();
        const { validate } = await import("../../usecases/validate.js");
        const { facts, diagnostics } = await validate({
          ...output.choice,
          untrusted: baseWishOf(options),
          signal,
        });
        showDiagnostics(output, diagnostics, format);
        if (codeQuality !== undefined) {
          const { writeCodeQuality } = await import("../output/code-quality.js");
          await writeCodeQuality(output, codeQuality, diagnostics);
        }
        output.event({ type: "result", command: "validate", data: { valid: facts !== undefined, facts } });
        if (facts !== undefined) {
          const parts = [
            counted(facts.exports, "export"),
            counted(facts.segments, "segment"),
            counted(facts.sources, "source"),
            counted(facts.connections, "connection"),
          ];
          const where = facts.environments === undefined ? "" : `, for ${facts.environments.join(", ")}`;
          output.say(
            output.paint.add(
              `The configuration is valid: ${parts.join(", ")} in ${counted(facts.files, "file")}${where}.`,
            ),
          );
        }
        return exitCodeOfDiagnostics(diagnostics);
      });
    });
};

function noFile(): Failure {
  return new Failure("invalid", "GitLab reads its report from a file.", {
    hint: "Name it: `rollcall validate --code-quality gl-code-quality-report.json`.",
  });
}
