import { Option } from "commander";
import type { DestinationType } from "../../model/connection.js";
import { type Register, perform } from "../command.js";
import { EXIT } from "../exit-code.js";

export const register: Register = (program, outcome) => {
  program
    .command("init")
    .description("write a commented first exports.config.yaml, and tests of it")
    .addOption(
      new Option("--to <type>", "where the lists are").choices(["brevo", "sendgrid", "file"]).default("file"),
    )
    .action(async (options: { to: DestinationType }, command) => {
      await perform(command, outcome, async (session) => {
        const { init } = await import("../../usecases/init.js");
        const written = await init({ cwd: session.options.cwd, destination: options.to });
        session.event({ type: "result", command: "init", data: { written } });
        session.say(`Wrote ${new Intl.ListFormat("en").format(written)}.`);
        session.note(
          "Point its source at your profiles, then run `rollcall validate`, `rollcall test` and `rollcall plan`.",
        );
        return EXIT.done;
      });
    });
};
