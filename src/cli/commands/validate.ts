import { counted } from "../../report/quantity.js";
import { type Register, perform } from "../command.js";
import { showDiagnostics } from "../diagnostics.js";
import { BASE, UNTRUSTED, type UntrustedOptions, untrustedWish } from "../untrusted.js";
import { exitCodeOfDiagnostics } from "../exit-code.js";

export const register: Register = (program, outcome) => {
  program
    .command("validate")
    .description("check the configuration; reads no data and asks no destination")
    .option("--untrusted", UNTRUSTED)
    .option("--base <ref>", BASE)
    .action(async (options: UntrustedOptions, command) => {
      await perform(command, outcome, async (session, { signal }) => {
        const { validate } = await import("../../usecases/validate.js");
        const { facts, diagnostics } = await validate({
          ...session.choice,
          untrusted: untrustedWish(options),
          signal,
        });
        showDiagnostics(session, diagnostics);
        session.event({ type: "result", command: "validate", data: { valid: facts !== undefined, facts } });
        if (facts !== undefined) {
          const parts = [
            counted(facts.exports, "export"),
            counted(facts.segments, "segment"),
            counted(facts.sources, "source"),
            counted(facts.connections, "connection"),
          ];
          const where = facts.environments === undefined ? "" : `, for ${facts.environments.join(", ")}`;
          session.say(
            session.paint.add(
              `The configuration is valid: ${parts.join(", ")} in ${counted(facts.files, "file")}${where}.`,
            ),
          );
        }
        return exitCodeOfDiagnostics(diagnostics);
      });
    });
};
