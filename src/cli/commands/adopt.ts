import type { Adoption } from "../../model/reports/adoption.js";
import { commandLine } from "../../model/words/command-line.js";
import { Failure } from "../../model/failure.js";
import { adoptionHuman } from "../../report/adoption-human.js";
import { describeActor, findIdentity } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, type ExitCode, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../prompt.js";
import type { Output } from "../output/output.js";

interface AdoptOptions {
  readonly autoApprove?: boolean;
  readonly onlyDesired?: boolean;
  readonly reveal?: boolean;
  readonly generate?: boolean;
  readonly connection?: string;
  readonly out?: string;
}

export const register: Register = (program, outcome) => {
  program
    .command("adopt")
    .description("take the members of an existing list over as ours, or write YAML for the lists there are")
    .argument("[export]", "the export whose list is taken over")
    .option("--only-desired", "leave members alone who are not in the segments")
    .option("--auto-approve", "do not ask")
    .option("--reveal", "show whole addresses in samples")
    .option("--generate", "write YAML for the lists of the connections instead")
    .option("--connection <name>", "with --generate: only this connection")
    .option("--out <file>", "with --generate: write this new file instead of printing")
    .action(async (name: string | undefined, options: AdoptOptions, command) => {
      await performAction(command, outcome, async (output, { signal, stop }) => {
        checkWords(name, options);
        if (name === undefined) return generate(output, options, signal);
        return adoptList(output, name, options, { signal, stop });
      });
    });
};

async function adoptList(
  output: Output,
  exportName: string,
  options: AdoptOptions,
  { signal, stop }: { readonly signal: AbortSignal; readonly stop: AbortSignal },
): Promise<ExitCode> {
  const { adopt } = await import("../../usecases/adopt.js");
  let asked = false;
  const result = await adopt({
    ...output.choice,
    exportName,
    onlyDesired: options.onlyDesired === true,
    reveal: options.reveal === true,
    emit: output.emit,
    signal,
    actor: describeActor(process.env),
    identity: findIdentity(process.env),
    approve: async (adoption) => {
      output.say(adoptionHuman(adoption, output.paint));
      asked = true;
      if (options.autoApprove === true) return true;
      mustHaveTerminal(unasked(adoption));
      return confirm("\nAdopt them? Only `yes` is accepted: ", stop);
    },
  });
  showDiagnostics(output, result.diagnostics);
  if (result.adoption === undefined) return exitCodeOfDiagnostics(result.diagnostics);
  const { adoption, adopted } = result;
  output.event({ type: "result", command: "adopt", data: { ...adoption, adopted } });
  if (!asked) output.say(adoptionHuman(adoption, output.paint));
  else if (adopted) output.note("Adopted. Look at `rollcall plan` before you apply.");
  else output.note("Not approved; nothing was changed.");
  return asked && !adopted ? EXIT.interrupted : EXIT.done;
}

async function generate(output: Output, options: AdoptOptions, signal: AbortSignal): Promise<ExitCode> {
  const { generateConfig } = await import("../../usecases/generate-config.js");
  const { connection, out } = options;
  const result = await generateConfig({ ...output.choice, connection, out, emit: output.emit, signal });
  showDiagnostics(output, result.diagnostics);
  if (result.generated === undefined) return exitCodeOfDiagnostics(result.diagnostics);
  const { text, lists, skipped } = result.generated;
  output.event({
    type: "result",
    command: "adopt",
    data: { file: out, lists, skipped, ...(out === undefined ? { text } : {}) },
  });
  if (out === undefined && !output.options.json) output.say(text);
  if (out !== undefined) output.say(`Wrote ${out} with ${lists === 1 ? "one list" : `${lists} lists`}.`);
  if (skipped > 0) output.note(`${skipped} more are in the config already.`);
  output.note("Fill in the segments, then run `rollcall validate` and `rollcall adopt EXPORT`.");
  return EXIT.done;
}

function checkWords(name: string | undefined, { generate: generates, connection, out }: AdoptOptions): void {
  if (generates === true && name !== undefined)
    throw new Failure("invalid", "--generate takes no export.", {
      hint: "Name a connection with --connection.",
    });
  if (generates !== true && (connection !== undefined || out !== undefined))
    throw new Failure("invalid", "--connection and --out go with --generate.");
  if (generates !== true && name === undefined)
    throw new Failure("invalid", "Which list?", {
      hint: "Name an export, or write YAML for the lists there are with --generate.",
    });
}

function unasked({ export: name, onlyDesired }: Adoption): string {
  const words = ["adopt", name, ...(onlyDesired ? ["--only-desired"] : []), "--auto-approve"];
  return `Nothing was changed. Run \`${commandLine(words)}\` if this is meant.`;
}
