import { InvalidArgumentError, Option } from "commander";
import { runHuman, runSentence } from "../../report/runs/run-human.js";
import { describeActor, findIdentity } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT } from "../process/exit-code.js";

interface ServeOptions {
  readonly listen: { readonly host: string; readonly port: number };
  readonly interval: number;
}

export const register: Register = (program, outcome) => {
  program
    .command("serve")
    .description("apply what is due as a process, with health and Prometheus endpoints, until stopped")
    .addOption(
      new Option(
        "--listen <host:port>",
        "where /healthz, /readyz and /metrics are; port 0 takes any free one",
      )
        .argParser(address)
        .default({ host: "127.0.0.1", port: 9464 }, "127.0.0.1:9464"),
    )
    .addOption(
      new Option("--interval <duration>", "look at least this often, such as 30s or 5m")
        .argParser(seconds)
        .default(60, "1m"),
    )
    .action(async (options: ServeOptions, command) => {
      await performAction(
        command,
        outcome,
        async (output, { signal, stop }) => {
          const { serve } = await import("../../usecases/serve.js");
          let said: string | undefined;
          await serve({
            ...output.choice,
            listen: options.listen,
            intervalSeconds: options.interval,
            emit: output.emit,
            signal,
            stop,
            actor: describeActor(process.env),
            identity: findIdentity(process.env),
            onReady: (url) => {
              output.event({ type: "result", command: "serve", data: { url } });
              output.say(`Serving. Health and metrics: ${url}`);
            },
            onRound: ({ applied, readiness, diagnostics }) => {
              // Said once, not every minute.
              if (readiness.reason !== said) {
                if (readiness.ready) output.note("Ready.");
                else if (diagnostics.length > 0) showDiagnostics(output, diagnostics);
                if (!readiness.ready) output.note(`Not ready: ${readiness.reason ?? "unknown"}`);
              }
              said = readiness.reason;
              if (applied === undefined) return;
              output.event({ type: "run", run: applied.run });
              output.event({ type: "run-summary", message: runSentence(applied.run) });
              output.say(runHuman(applied.run, output.paint));
            },
          });
          return EXIT.done;
        },
        { whenStopped: "Stopping once the request in flight is recorded. A second signal stops at once." },
      );
    });
};

function address(text: string): ServeOptions["listen"] {
  const match = /^(?:\[([0-9a-f:]+)\]|([^:[\]]+)):(\d{1,5})$/i.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535)
    throw new InvalidArgumentError("It has to be HOST:PORT, such as 127.0.0.1:9464 or [::1]:0.");
  return { host: match[1] ?? match[2] ?? "", port };
}

function seconds(text: string): number {
  const match = /^([1-9]\d{0,3})([sm])$/.exec(text);
  if (match === null) throw new InvalidArgumentError("It has to be a whole number with s or m, such as 1m.");
  return Number(match[1]) * (match[2] === "m" ? 60 : 1);
}
