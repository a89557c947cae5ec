import type { Adoption } from "../../model/adoption.js";
import { commandLine } from "../../model/command-line.js";
import { Failure } from "../../model/failure.js";
import { adoptionHuman } from "../../report/adoption-human.js";
import { actor, identity } from "../actor.js";
import { type Register, perform } from "../command.js";
import { showDiagnostics } from "../diagnostics.js";
import { EXIT, type ExitCode, exitCodeOfDiagnostics } from "../exit-code.js";
import { confirm, mustHaveTerminal } from "../prompt.js";
import type { Session } from "../session.js";

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
      await perform(command, outcome, async (session, { signal, stop }) => {
        checkWords(name, options);
        if (name === undefined) return generate(session, options, signal);
        return adoptList(session, name, options, { signal, stop });
      });
    });
};

async function adoptList(
  session: Session,
  exportName: string,
  options: AdoptOptions,
  { signal, stop }: { readonly signal: AbortSignal; readonly stop: AbortSignal },
): Promise<ExitCode> {
  const { adopt } = await import("../../usecases/adopt.js");
  let asked = false;
  const result = await adopt({
    ...session.choice,
    exportName,
    onlyDesired: options.onlyDesired === true,
    reveal: options.reveal === true,
    emit: session.emit,
    signal,
    actor: actor(process.env),
    identity: identity(process.env),
    approve: async (adoption) => {
      session.say(adoptionHuman(adoption, session.paint));
      asked = true;
      if (options.autoApprove === true) return true;
      mustHaveTerminal(unasked(adoption));
      return confirm("\nAdopt them? Only `yes` is accepted: ", stop);
    },
  });
  showDiagnostics(session, result.diagnostics);
  if (result.adoption === undefined) return exitCodeOfDiagnostics(result.diagnostics);
  const { adoption, adopted } = result;
  session.event({ type: "result", command: "adopt", data: { ...adoption, adopted } });
  if (!asked) session.say(adoptionHuman(adoption, session.paint));
  else if (adopted) session.note("Adopted. Look at `rollcall plan` before you apply.");
  else session.note("Not approved; nothing was changed.");
  return asked && !adopted ? EXIT.interrupted : EXIT.done;
}

async function generate(session: Session, options: AdoptOptions, signal: AbortSignal): Promise<ExitCode> {
  const { generateConfig } = await import("../../usecases/generate-config.js");
  const { connection, out } = options;
  const result = await generateConfig({ ...session.choice, connection, out, emit: session.emit, signal });
  showDiagnostics(session, result.diagnostics);
  if (result.generated === undefined) return exitCodeOfDiagnostics(result.diagnostics);
  const { text, lists, skipped } = result.generated;
  session.event({
    type: "result",
    command: "adopt",
    data: { file: out, lists, skipped, ...(out === undefined ? { text } : {}) },
  });
  if (out === undefined && !session.options.json) session.say(text);
  if (out !== undefined) session.say(`Wrote ${out} with ${lists === 1 ? "one list" : `${lists} lists`}.`);
  if (skipped > 0) session.note(`${skipped} more are in the config already.`);
  session.note("Fill in the segments, then run `rollcall validate` and `rollcall adopt EXPORT`.");
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
