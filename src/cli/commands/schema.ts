import { Argument } from "commander";
import { schema, SCHEMAS } from "../../platform/bundled-schema.js";
import { type Register, perform } from "../command.js";
import { EXIT } from "../exit-code.js";

export const register: Register = (program, outcome) => {
  program
    .command("schema")
    .description(
      "print a JSON Schema: of the config, of test files, of plans, of what --json prints, of the state root, of notices",
    )
    .addArgument(new Argument("[name]").choices(SCHEMAS).default("config"))
    .action(async (name: string, _options: unknown, command) => {
      await perform(command, outcome, async (session) => {
        const text = await schema(name);
        if (session.options.json)
          session.event({ type: "result", command: "schema", data: JSON.parse(text) as unknown });
        else session.say(text);
        return EXIT.done;
      });
    });
};
