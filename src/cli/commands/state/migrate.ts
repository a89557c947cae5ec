import type { Command } from "commander";
import { Failure } from "../../../model/failure.js";
import { migratedHuman, migrationHuman } from "../../../report/state/migration-human.js";
import type { OldPlace } from "../../../usecases/state/migration/places.js";
import { describeActor } from "../../actor.js";
import { type Outcome, performAction } from "../../command.js";
import { showDiagnostics } from "../../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../../process/exit-code.js";
import { confirm } from "../../prompt.js";
import { addConfirmOptions, mustBeAbleToAsk, type ConfirmOptions } from "./change.js";

interface MigrateWords extends ConfirmOptions {
  readonly from?: string;
  readonly fromPath?: string;
}

export function registerMigrate(state: Command, outcome: Outcome): void {
  addConfirmOptions(
    state
      .command("migrate")
      .description("move the state to the place that the config names now, and close the old one")
      .option("--from <config>", "the configuration of before, whose `state:` names the old place")
      .option("--from-path <folder>", "the old place, when it is a folder"),
  ).action(async (words: MigrateWords, command) => {
    await performAction(command, outcome, async (output, { signal, stop }) => {
      const { autoApprove = false, dryRun = false } = words;
      const from = oldPlace(words);
      mustBeAbleToAsk(words);
      const { migrateState } = await import("../../../usecases/state/migrate.js");
      const { migration, diagnostics } = await migrateState({
        ...output.choice,
        from,
        dryRun,
        actor: describeActor(process.env),
        emit: output.emit,
        signal,
        approve: async (about) => {
          output.say(migrationHuman(about));
          return autoApprove || confirm("Move it? Only `yes` is accepted: ", stop);
        },
      });
      showDiagnostics(output, diagnostics);
      const code = exitCodeOfDiagnostics(diagnostics);
      if (code !== EXIT.done) return code;
      if (migration === undefined) {
        output.note("Not approved; nothing was changed.");
        return EXIT.interrupted;
      }
      output.event({ type: "result", command: "state migrate", data: { ...migration, dryRun } });
      output.say(dryRun ? `${migrationHuman(migration)}\nNothing was changed.` : migratedHuman(migration));
      return EXIT.done;
    });
  });
}

function oldPlace({ from, fromPath }: MigrateWords): OldPlace {
  if (from !== undefined && fromPath === undefined) return { config: from };
  if (fromPath !== undefined && from === undefined) return { folder: fromPath };
  throw new Failure("invalid", "Name the old place with --from or with --from-path.", {
    hint: "`git show main:exports.config.yaml > before.yaml` gives the configuration of before; then `rollcall state migrate --from before.yaml`.",
  });
}
