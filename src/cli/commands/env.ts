import type { Command } from "commander";
import { Failure } from "../../model/failure.js";
import { diffHuman } from "../../report/diff-human.js";
import { environmentsHuman } from "../../report/environments-human.js";
import { type Outcome, type Register, perform } from "../command.js";
import { showDiagnostics } from "../diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../exit-code.js";

export const register: Register = (program, outcome) => {
  const env = program.command("env").description("look at the environments of the config");
  list(env, outcome);
  diff(env, outcome);
};

function list(env: Command, outcome: Outcome): void {
  env
    .command("list")
    .description("show the environments: where their state is, their connections and exports")
    .action(async (_options: unknown, command) => {
      await perform(command, outcome, async (session, { signal }) => {
        const { listEnvironments } = await import("../../usecases/environments.js");
        const { cwd, configPath } = session.choice;
        const { environments, diagnostics } = await listEnvironments({ cwd, configPath, signal });
        showDiagnostics(session, diagnostics);
        if (environments === undefined) return exitCodeOfDiagnostics(diagnostics);
        session.event({ type: "result", command: "env list", data: { environments } });
        session.say(environmentsHuman(environments, session.paint));
        return EXIT.done;
      });
    });
}

interface DiffOptions {
  readonly base?: string;
  readonly detailedExitcode?: boolean;
}

function diff(env: Command, outcome: Outcome): void {
  env
    .command("diff")
    .description("show what one environment has otherwise than another: what a promotion would change")
    .argument("<from>", "an environment")
    .argument("[to]", "the environment that it is compared with; with --base, the same one unless named")
    .option("--base <ref>", "take the first one from this commit, branch or tag")
    .option("--detailed-exitcode", "exit with 2 when they differ")
    .action(async (from: string, to: string | undefined, options: DiffOptions, command) => {
      await perform(command, outcome, async (session, { signal }) => {
        if (to === undefined && options.base === undefined) throw nothingToCompareWith(from);
        const { diffEnvironments } = await import("../../usecases/environments.js");
        const { cwd, configPath } = session.choice;
        const result = await diffEnvironments({
          cwd,
          configPath,
          from,
          to: to ?? from,
          ref: options.base,
          signal,
        });
        showDiagnostics(session, result.diagnostics);
        if (result.diff === undefined) return exitCodeOfDiagnostics(result.diagnostics);
        session.event({ type: "result", command: "env diff", data: result.diff });
        if (result.diff.differs) session.say(diffHuman(result.diff.diff, session.paint));
        else session.note(`${result.diff.from} and ${result.diff.to} are the same but for their state.`);
        return options.detailedExitcode === true && result.diff.differs ? EXIT.changes : EXIT.done;
      });
    });
}

function nothingToCompareWith(name: string): Failure {
  return new Failure("invalid", `What is "${name}" to be compared with?`, {
    hint: `Name a second environment, or a commit with --base to see what changed in ${name} since.`,
  });
}
