import { resolve } from "node:path";
import { InvalidArgumentError, Option } from "commander";
import { type Register, performAction } from "../command.js";
import { EXIT } from "../process/exit-code.js";

interface SandboxOptions {
  readonly port: number;
  readonly behaviour: "documented" | "pessimistic";
  readonly limits: "vendor" | "none";
  readonly keep?: string;
}

export const register: Register = (program, outcome) => {
  program
    .command("sandbox")
    .description("run stand-ins for Brevo and SendGrid on loopback until stopped")
    .option("--port <number>", "port; 0 takes any free one", portNumber, 8025)
    .addOption(
      new Option("--behaviour <reading>", "how the vendors' undocumented corners behave")
        .choices(["documented", "pessimistic"])
        .default("documented"),
    )
    .addOption(new Option("--limits <kind>", "rate limits").choices(["vendor", "none"]).default("vendor"))
    .option("--keep <folder>", "keep what the accounts hold in this folder")
    .action(async (options: SandboxOptions, command) => {
      await performAction(
        command,
        outcome,
        async (output, { stop }) => {
          const { runSandbox } = await import("../../usecases/sandbox.js");
          await runSandbox({
            port: options.port,
            behaviour: options.behaviour,
            limits: options.limits,
            stateFolder: options.keep === undefined ? undefined : resolve(output.options.cwd, options.keep),
            stop,
            onReady: ({ url, brevoUrl, sendgridUrl }) => {
              output.event({ type: "result", command: "sandbox", data: { url, brevoUrl, sendgridUrl } });
              output.say(
                `The sandbox answers at ${url}\n\n` +
                  `  brevo     baseUrl: ${brevoUrl}\n            key:     sandbox-brevo-key\n` +
                  `  sendgrid  baseUrl: ${sendgridUrl}\n            key:     SG.sandbox-key\n`,
              );
              output.note("Stop it with Ctrl-C.");
            },
          });
          return EXIT.done;
        },
        { whenStopped: "Stopping." },
      );
    });
};

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("It has to be 0 to 65535.");
  return port;
}
