import { buffer } from "node:stream/consumers";
import { Failure } from "../../model/failure.js";
import { FileFault } from "../../platform/files/file-fault.js";
import { writeNewFile } from "../../platform/files/write-output.js";
import type { ForgetPreview } from "../../model/reports/forget.js";
import { forgetPreviewHuman, forgetProofHuman } from "../../report/forget-human.js";
import { describeActor } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { jsonText } from "../output/documents.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../prompt.js";
import type { Output } from "../output/output.js";

interface ForgetOptions {
  readonly file?: string;
  readonly dryRun?: boolean;
  readonly autoApprove?: boolean;
  readonly proof?: string;
  readonly deleteAtDestination?: string | true;
}

/** What a script has to write to delete contacts; a person types `delete`. */
const IN_FULL = "and-lose-the-blocklist-flag";

export const register: Register = (program, outcome) => {
  program
    .command("forget")
    .description(
      "take people off every list of every account, clear what we wrote, and hold them back for good",
    )
    .argument(
      "[addresses...]",
      "addresses, which other users can see while this runs; `-` reads them from standard input",
    )
    .option("--file <path>", "addresses from a file: one a line, or CSV with a column `email`")
    .option("--dry-run", "show what would be done; changes nothing and takes no lock")
    .option("--auto-approve", "do not ask")
    .option("--proof <path>", "write what was checked where as JSON to this new file as well")
    .option(
      "--delete-at-destination [in-full]",
      `delete the contacts, which loses their blocklist flags; without a terminal write ${IN_FULL}`,
    )
    .action(async (words: string[], options: ForgetOptions, command) => {
      await performAction(command, outcome, async (output, { signal, stop }) => {
        const deleting = options.deleteAtDestination !== undefined;
        const asking = options.dryRun !== true && options.autoApprove !== true;
        mustBeMeant(options, asking);
        const { forget } = await import("../../usecases/forget.js");
        let declined = false;
        const { preview, proof, diagnostics } = await forget({
          ...output.choice,
          input: {
            words: words.filter((word) => word !== "-"),
            file: options.file,
            stdin: words.includes("-") ? await buffer(process.stdin) : undefined,
          },
          deleting,
          dryRun: options.dryRun === true,
          emit: output.emit,
          signal,
          actor: describeActor(process.env),
          approve: async (shown) => {
            if (!asking) return true;
            output.say(forgetPreviewHuman(shown, output.paint));
            declined = !(await ask(shown, stop));
            return !declined;
          },
        });
        showDiagnostics(output, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done || preview === undefined) return code;
        if (declined) {
          output.note("Not approved; nobody was forgotten.");
          return EXIT.interrupted;
        }
        if (proof === undefined) {
          output.event({ type: "result", command: "forget", data: { dryRun: true, preview } });
          output.say(forgetPreviewHuman(preview, output.paint));
          return EXIT.done;
        }
        output.event({ type: "result", command: "forget", data: { dryRun: false, proof } });
        output.say(forgetProofHuman(proof, output.paint, output.timezone));
        if (options.proof !== undefined) await keepProof(output, options.proof, proof);
        return proof.complete ? EXIT.done : EXIT.partly;
      });
    });
};

function mustBeMeant({ deleteAtDestination: said, dryRun }: ForgetOptions, asking: boolean): void {
  if (dryRun === true) return;
  if (asking) mustHaveTerminal("Run the same with --dry-run to see what it means, then with --auto-approve.");
  if (said === undefined || said === IN_FULL || (said === true && asking)) return;
  throw new Failure("invalid", "--delete-at-destination has to be written out in full.", {
    hint: `Write --delete-at-destination=${IN_FULL}: whoever imports these people by other means mails them again.`,
  });
}

function ask({ people, deleting }: ForgetPreview, stop: AbortSignal): Promise<boolean> {
  const word = deleting ? "delete" : "yes";
  const what = people === 1 ? "this person" : `these ${people.toLocaleString("en-US")} people`;
  return confirm(`\nForget ${what}? Only \`${word}\` is accepted: `, stop, word);
}

/** Never over another one. */
async function keepProof(output: Output, path: string, proof: unknown): Promise<void> {
  try {
    await writeNewFile(path, jsonText(proof), { cwd: output.options.cwd, mode: 0o600 });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `The people are forgotten, but the proof ${error.why}.`, {
      hint: "It stands above. Name a file that is not there yet.",
      cause: error,
    });
  }
}
