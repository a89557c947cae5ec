import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { Failure } from "../../model/failure.js";
import { verificationHuman, verificationPlanHuman } from "../../report/connections/verification-human.js";
import { describeActor, findIdentity } from "../actor.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { confirm, mustHaveTerminal } from "../prompt.js";

interface VerifyWords {
  readonly list?: string;
  readonly addresses?: string;
  readonly unsubscribe?: boolean;
  readonly unsubscribed?: boolean;
  readonly cleanUp?: boolean;
  readonly dryRun?: boolean;
  readonly autoApprove?: boolean;
}

export const registerVerify: Register = (connections, outcome) => {
  connections
    .command("verify")
    .description(
      "try at a real account what is believed of its vendor, on an empty list with two addresses of yours",
    )
    .argument("<name>", "a connection")
    .option("--list <id>", "an empty list that no export uses")
    .option("--addresses <path>", "a file with two addresses of yours, one a line; `-` reads standard input")
    .option("--unsubscribe", "leave the second address on the list at the end, to be unsubscribed by hand")
    .option("--unsubscribed", "it is done: read what the account says of it, and clean up")
    .option("--clean-up", "only take away what a trial left")
    .option("--dry-run", "show what would be done; changes nothing at the account")
    .option("--auto-approve", "do not ask")
    .action(async (name: string, words: VerifyWords, command) => {
      await performAction(command, outcome, async (output, { signal, stop }) => {
        const stage = stageOf(words);
        mustBeAnswerable(words);
        const { verify } = await import("../../usecases/connections/verify.js");
        const { plan, verification, diagnostics } = await verify({
          ...output.choice,
          name,
          stage,
          listId: words.list,
          addresses: await addressesOf(words.addresses, output.options.cwd),
          unsubscribe: words.unsubscribe === true,
          emit: output.emit,
          signal,
          actor: describeActor(process.env),
          identity: findIdentity(process.env),
          approve: async (shown) => {
            if (words.dryRun === true) return false;
            if (words.autoApprove === true) return true;
            output.say(verificationPlanHuman(shown, output.paint));
            return confirm("\nBoth addresses have to be yours. Go on? Only `yes` is accepted: ", stop);
          },
        });
        showDiagnostics(output, diagnostics);
        const code = exitCodeOfDiagnostics(diagnostics);
        if (code !== EXIT.done || plan === undefined) return code;
        output.event({ type: "result", command: "connections verify", data: { plan, verification } });
        if (verification === undefined) {
          if (words.dryRun === true) {
            output.say(verificationPlanHuman(plan, output.paint));
            return EXIT.done;
          }
          output.note("Not approved; nothing was sent.");
          return EXIT.interrupted;
        }
        output.say(verificationHuman(verification, output.paint));
        if (verification.traces === "waiting")
          output.note(
            "Unsubscribe the second address from the list, then run this again with --unsubscribed.",
          );
        return verification.errors.length > 0 ? EXIT.partly : EXIT.done;
      });
    });
};

function stageOf({
  unsubscribed,
  cleanUp,
  unsubscribe,
  list,
  addresses,
}: VerifyWords): "try" | "unsubscribed" | "clean-up" {
  if (unsubscribed !== true && cleanUp !== true) return "try";
  const other = [
    unsubscribe === true && "--unsubscribe",
    list !== undefined && "--list",
    addresses !== undefined && "--addresses",
    unsubscribed === true && cleanUp === true && "--clean-up",
  ].find((word) => word !== false);
  if (other !== undefined) {
    throw new Failure(
      "invalid",
      `${unsubscribed === true ? "--unsubscribed" : "--clean-up"} and ${other} exclude each other.`,
      {
        hint: "The trial that was begun is known from state.",
      },
    );
  }
  return unsubscribed === true ? "unsubscribed" : "clean-up";
}

function mustBeAnswerable({ dryRun, autoApprove, addresses }: VerifyWords): void {
  if (dryRun === true || autoApprove === true) return;
  mustHaveTerminal(
    "Run the same with --dry-run to see what it means, then with --auto-approve.",
    addresses === "-",
  );
}

async function addressesOf(path: string | undefined, cwd: string): Promise<string | undefined> {
  if (path === undefined) return undefined;
  if (path === "-") return text(process.stdin);
  try {
    return await readFile(resolve(cwd, path), "utf8");
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === "ENOENT" ? "is not there" : "cannot be read";
    throw new Failure("invalid", `The file of --addresses ${why}.`, { cause: error });
  }
}
