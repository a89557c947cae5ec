import type { Command } from "commander";
import { Failure } from "../../../model/failure.js";
import type { Migration } from "../../../model/reports/state-report.js";
import { migratedHuman, migrationHuman } from "../../../report/state/migration-human.js";
import type { OldPlace } from "../../../usecases/state/migration/places.js";
import type { Outcome } from "../../command.js";
import { addConfirmOptions, makeConfirmedChange, type ConfirmOptions } from "./confirmed-change.js";

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
    await makeConfirmedChange<Migration>(command, outcome, words, {
      command: "state migrate",
      check: () => void oldPlace(words),
      text: migrationHuman,
      question: "Move it? Only `yes` is accepted: ",
      told: (about, dryRun) =>
        dryRun ? `${migrationHuman(about)}\nNothing was changed.` : migratedHuman(about),
      carryOut: async (options) => {
        const { migrateState } = await import("../../../usecases/state/migrate.js");
        const { migration, diagnostics } = await migrateState({ ...options, from: oldPlace(words) });
        return { about: migration, diagnostics };
      },
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
