import { Command } from "commander";
import { type Outcome, type Register, addGlobalOptions } from "./command.js";
import { register as adopt } from "./commands/adopt.js";
import { register as apply } from "./commands/apply.js";
import { register as approve } from "./commands/approve.js";
import { register as connections } from "./commands/connections.js";
import { register as drift } from "./commands/drift.js";
import { register as env } from "./commands/env.js";
import { register as fmt } from "./commands/fmt.js";
import { register as forget } from "./commands/forget.js";
import { register as history } from "./commands/history.js";
import { register as graph } from "./commands/graph.js";
import { register as init } from "./commands/init.js";
import { register as lock } from "./commands/lock.js";
import { register as notify } from "./commands/notify.js";
import { register as plan } from "./commands/plan.js";
import { register as rejected } from "./commands/rejected.js";
import { register as sandbox } from "./commands/sandbox.js";
import { register as schema } from "./commands/schema.js";
import { register as show } from "./commands/show.js";
import { register as serve } from "./commands/serve.js";
import { register as sources } from "./commands/sources.js";
import { register as state } from "./commands/state.js";
import { register as status } from "./commands/status.js";
import { register as test } from "./commands/test.js";
import { register as validate } from "./commands/validate.js";
import { EXIT_CODES } from "./process/exit-code.js";
import { version } from "./version.js";

/** In the order in which one meets them. */
const COMMANDS: readonly Register[] = [
  init,
  validate,
  fmt,
  env,
  test,
  plan,
  show,
  approve,
  apply,
  serve,
  status,
  history,
  rejected,
  forget,
  drift,
  adopt,
  graph,
  sources,
  connections,
  notify,
  lock,
  state,
  sandbox,
  schema,
];

const CODES = EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`);

/** The whole command line. Commands load what they need when they run. */
export function createProgram(outcome: Outcome): Command {
  const root = new Command("rollcall")
    .description("Keep e-mail contact lists in step with customer segments, as code.")
    .version(version(), "-V, --version")
    .showHelpAfterError("(see --help)")
    .exitOverride()
    .addHelpText("after", `\nExit codes:\n${CODES.join("\n")}`);
  addGlobalOptions(root);
  for (const register of COMMANDS) register(root, outcome);
  for (const command of root.commands) completeMessages(command);
  return root;
}

function completeMessages(command: Command): void {
  if (command.commands.length === 0) addGlobalOptions(command);
  for (const child of command.commands) completeMessages(child);
}
