import { BrevoData } from "./brevo/account.js";
import { DEFAULT_ACCOUNTS, DEFAULT_DELAYS, type SandboxOptions } from "./options.js";
import { SendgridData } from "./sendgrid/account.js";
import { Downloads } from "./store/downloads.js";
import { resolveSwitches, type Switches } from "./switches.js";

/** Everything that the sandbox holds. */
export interface World {
  readonly switches: Switches;
  readonly downloads: Downloads;
  readonly brevo: readonly BrevoData[];
  readonly sendgrid: readonly SendgridData[];
}

export function buildWorld(options: SandboxOptions): World {
  const switches = resolveSwitches(options.behaviour ?? "documented", options.switches);
  const downloads = new Downloads();
  const now = options.clock ?? Date.now;
  const delays = options.delays ?? DEFAULT_DELAYS;
  const jobMs = delays === "none" ? undefined : delays.jobMs;
  const visibleMs = delays === "none" ? 0 : delays.visibleMs;
  const fieldMs = delays === "none" ? 0 : (delays.fieldMs ?? 500);
  const brevo: BrevoData[] = [];
  const sendgrid: SendgridData[] = [];
  for (const account of options.accounts ?? DEFAULT_ACCOUNTS) {
    const context = { switches, downloads, now, jobMs, visibleMs, fieldMs };
    if (account.vendor === "brevo") brevo.push(new BrevoData(account, context));
    else sendgrid.push(new SendgridData(account, context));
  }
  return { switches, downloads, brevo, sendgrid };
}

/** Waits until no job is open, without waiting for their time. */
export async function drain(world: World): Promise<void> {
  for (const { runner } of [...world.brevo, ...world.sendgrid]) await runner.drain();
}
