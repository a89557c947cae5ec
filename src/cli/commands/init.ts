import { Option } from "commander";
import { destinations } from "../../registry/destinations.js";
import { CI_STEPS, CI_SYSTEMS, type CiSystem } from "../../usecases/init/ci-files.js";
import type { InstalledFrom } from "../../usecases/init/installed-from.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, type ExitCode } from "../process/exit-code.js";
import type { Output } from "../output/output.js";

interface InitOptions {
  readonly to: string;
  readonly ci?: CiSystem;
}

export const register: Register = (program, outcome) => {
  program
    .command("init")
    .description("write a commented first exports.config.yaml, and tests of it; or the files for CI")
    .addOption(
      new Option("--to <type>", "where the lists are")
        .choices(destinations.map(({ type }) => type))
        .default(destinations.find(({ isService }) => !isService)?.type),
    )
    .addOption(
      new Option(
        "--ci <system>",
        "for the config that is here: plan on pull requests, apply on merge and schedule, look for drift",
      ).choices(CI_SYSTEMS),
    )
    .action(async (options: InitOptions, command) => {
      await performAction(command, outcome, async (output, { signal }) => {
        if (options.ci !== undefined) return initForCi(output, options.ci, signal);
        const { init } = await import("../../usecases/init.js");
        const written = await init({ cwd: output.options.cwd, destination: options.to });
        tell(output, written);
        output.note(
          "Point its source at your profiles, then run `rollcall validate`, `rollcall test` and `rollcall plan`.",
        );
        return EXIT.done;
      });
    });
};

async function initForCi(output: Output, system: CiSystem, signal: AbortSignal): Promise<ExitCode> {
  const { initCi } = await import("../../usecases/init-ci.js");
  const { written, remote, facts, diagnostics } = await initCi({ ...output.choice, system, signal });
  showDiagnostics(output, diagnostics);
  if (written === undefined || facts === undefined) return EXIT.invalid;
  tell(output, written);
  output.note(`Pull requests into ${facts.branch} are planned, and ${facts.branch} is applied.`);
  const steps = [
    ...packageSteps(facts.installedFrom),
    ...(remote ? [] : ["Keep the state in a store (`state.type`): a CI machine keeps no folder."]),
    ...CI_STEPS[system],
  ];
  output.note(`\nNext:\n${steps.map((step, index) => `  ${index + 1}. ${step}`).join("\n")}`);
  output.note("\ndocs/ci.md says what each of them is for.");
  return EXIT.done;
}

function packageSteps({ folder, packed, lacking }: InstalledFrom): string[] {
  if (packed && lacking.length === 0) return [];
  const place = folder === "" ? "this folder" : folder;
  const command = [
    "npm run package --",
    folder === "" ? "FOLDER" : `FOLDER/${folder}`,
    ...lacking.map((store) => `--store ${store}`),
  ];
  const why = packed ? `${place} lacks the library of the store` : `CI installs Rollcall from ${place}`;
  return [
    `${why}: run \`${command.join(" ")}\` in a clone of Rollcall, and commit what it writes, to the branch first.`,
  ];
}

function tell(output: Output, written: readonly string[]): void {
  output.event({ type: "result", command: "init", data: { written } });
  output.say(`Wrote ${new Intl.ListFormat("en").format(written)}.`);
}
