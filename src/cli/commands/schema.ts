import { Argument } from "commander";
import { schema, SCHEMAS } from "../../platform/bundled-schema.js";
import { type Register, perform } from "../command.js";
import { EXIT } from "../process/exit-code.js";

export const register: Register = (program, outcome) => {
  program
    .command("schema")
    .description(
      "print a JSON Schema: of the config, of test files, of plans, of what --json prints, of the state root, of notices",
    )
    .addArgument(new Argument("[name]").choices(SCHEMAS).default("config"))
    .action(async (name: string, _options: unknown, command) => {
      await perform(command, outcome, async (output) => {
        const text = await schema(name);
        if (output.options.json)
          output.event({ type: "result", command: "schema", data: JSON.parse(text) as unknown });
        else output.say(text);
        return EXIT.done;
      });
    });
};
