import type { Command } from "commander";
import { Failure } from "../../model/failure.js";
import { diffHuman } from "../../report/diff-human.js";
import { environmentsHuman } from "../../report/environments-human.js";
import { type Outcome, type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics } from "../process/exit-code.js";
import { type UntrustedOptions, addUntrustedOptions, baseWishOf } from "../options/untrusted.js";

export const register: Register = (program, outcome) => {
  const env = program.command("env").description("look at the environments of the config");
  registerList(env, outcome);
  registerDiff(env, outcome);
};

function registerList(env: Command, outcome: Outcome): void {
  const command = env
    .command("list")
    .description("show the environments: where their state is, their connections and exports");
  addUntrustedOptions(command).action(async (options: UntrustedOptions) => {
    await performAction(command, outcome, async (output, { signal }) => {
      const { listEnvironments } = await import("../../usecases/environments.js");
      const { cwd, configPath } = output.choice;
      const untrusted = baseWishOf(options);
      const { environments, diagnostics } = await listEnvironments({ cwd, configPath, untrusted, signal });
      showDiagnostics(output, diagnostics);
      if (environments === undefined) return exitCodeOfDiagnostics(diagnostics);
      output.event({ type: "result", command: "env list", data: { environments } });
      output.say(environmentsHuman(environments, output.paint));
      return EXIT.done;
    });
  });
}

interface DiffOptions extends UntrustedOptions {
  readonly detailedExitcode?: boolean;
}

function registerDiff(env: Command, outcome: Outcome): void {
  const command = env
    .command("diff")
    .description("show what one environment has otherwise than another: what a promotion would change")
    .argument("<from>", "an environment")
    .argument("[to]", "the environment that it is compared with; with --base, the same one unless named")
    .option("--detailed-exitcode", "exit with 2 when they differ");
  addUntrustedOptions(command, "without --untrusted, too: take the first one from there").action(
    async (from: string, to: string | undefined, options: DiffOptions) => {
      await performAction(command, outcome, async (output, { signal }) => {
        if (to === undefined && options.base === undefined) throw nothingToCompareWith(from);
        const { diffEnvironments } = await import("../../usecases/environments.js");
        const { cwd, configPath } = output.choice;
        const result = await diffEnvironments({
          cwd,
          configPath,
          from,
          to: to ?? from,
          ref: options.base,
          untrusted: options.untrusted === true ? baseWishOf(options) : undefined,
          signal,
        });
        showDiagnostics(output, result.diagnostics);
        if (result.diff === undefined) return exitCodeOfDiagnostics(result.diagnostics);
        output.event({ type: "result", command: "env diff", data: result.diff });
        if (result.diff.differs) output.say(diffHuman(result.diff.diff, output.paint));
        else output.note(`${result.diff.from} and ${result.diff.to} are the same but for their state.`);
        return options.detailedExitcode === true && result.diff.differs ? EXIT.changes : EXIT.done;
      });
    },
  );
}

function nothingToCompareWith(name: string): Failure {
  return new Failure("invalid", `What is "${name}" to be compared with?`, {
    hint: `Name a second environment, or a commit with --base to see what changed in ${name} since.`,
  });
}
