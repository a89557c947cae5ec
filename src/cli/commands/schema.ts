import { Argument } from "commander";
import { readSchema, SCHEMAS } from "../../platform/bundled-schema.js";
import { type Register, performAction } from "../command.js";
import { EXIT } from "../process/exit-code.js";

export const register: Register = (program, outcome) => {
  program
    .command("schema")
    .description(
      "print a JSON Schema: of the config, of test files, of plans, of what --json prints, of the state root, of notices",
    )
    .addArgument(new Argument("[name]").choices(SCHEMAS).default("config"))
    .action(async (name: string, _options: unknown, command) => {
      await performAction(command, outcome, async (output) => {
        const text = await readSchema(name);
        if (output.options.json)
          output.event({ type: "result", command: "schema", data: JSON.parse(text) as unknown });
        else output.say(text);
        return EXIT.done;
      });
    });
};
