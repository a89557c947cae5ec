import { counted } from "../../report/layout/quantity.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { type UntrustedOptions, addUntrustedOptions, baseWishOf } from "../options/untrusted.js";

interface FmtOptions extends UntrustedOptions {
  readonly check?: boolean;
  readonly diff?: boolean;
}

export const register: Register = (program, outcome) => {
  const command = program
    .command("fmt")
    .description("bring config files into the one style; comments stay")
    .argument("[files...]", "files instead of the config and what it includes")
    .option("--check", "write nothing; exit with 3 when a file would change")
    .option("--diff", "show what changes");
  addUntrustedOptions(command).action(async (files: string[], options: FmtOptions) => {
    await performAction(command, outcome, async (output, { signal }) => {
      const { fmt } = await import("../../usecases/fmt.js");
      const check = options.check === true;
      const untrusted = baseWishOf(options);
      const diff = options.diff === true || output.writesEvents;
      const { changed, diagnostics } = await fmt({
        ...output.choice,
        files,
        check,
        diff,
        untrusted,
        signal,
      });
      showDiagnostics(output, diagnostics);
      output.event({ type: "result", command: "fmt", data: { changed } });
      for (const one of changed) output.say(options.diff === true ? one.diff : one.file);
      const verdict = check
        ? `${counted(changed.length, "file")} would change.`
        : `${counted(changed.length, "file")} changed.`;
      output.note(changed.length === 0 ? "Nothing to format." : verdict);
      const code = exitCodeOfDiagnostics(diagnostics);
      return code === EXIT.done && check && changed.length > 0 ? EXIT.invalid : code;
    });
  });
};
