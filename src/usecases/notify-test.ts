import { randomUUID } from "node:crypto";
import type { ConfigChoice } from "../config/choice.js";
import { loadConfig } from "../config/load.js";
import type { Config } from "../model/config/config.js";
import type { Diagnostic } from "../model/diagnostic.js";
import { Failure } from "../model/failure.js";
import type { Notifier } from "../model/config/notifier.js";
import type { NotifierReport } from "../model/connections/notifier-report.js";
import { testNotice } from "../notices/compose.js";
import { deliverNotice } from "../notices/deliver.js";
import { notifiers as kinds } from "../registry/notifiers.js";
import { openNotifier } from "../run/notifiers.js";

export interface NotifyTestOptions extends ConfigChoice {
  /** Notifiers; all when empty. */
  readonly names: readonly string[];
  readonly actor: string;
  readonly link: string | undefined;
  readonly signal: AbortSignal;
}

/** Sends each notifier a test notice. Nothing is remembered of it. */
export async function testNotifiers(
  options: NotifyTestOptions,
): Promise<{ reports: readonly NotifierReport[]; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig(options);
  if (config === undefined) return { reports: [], diagnostics };
  const reports = await Promise.all(
    choose(config, options.names).map((notifier) => test(config, notifier, options)),
  );
  return { reports, diagnostics };
}

function choose({ notifiers }: Config, names: readonly string[]): readonly Notifier[] {
  if (notifiers.size === 0)
    throw new Failure("invalid", "The config has no notifiers.", {
      hint: `Such as \`notifiers: {ops: ${kinds[0]?.starter}}\`.`,
    });
  if (names.length === 0) return [...notifiers.values()];
  return names.map((name) => {
    const notifier = notifiers.get(name);
    if (notifier !== undefined) return notifier;
    throw new Failure("invalid", `There is no notifier "${name}".`, {
      hint: `The config has ${[...notifiers.keys()].join(", ")}.`,
    });
  });
}

async function test(
  config: Config,
  notifier: Notifier,
  { actor, link, signal }: NotifyTestOptions,
): Promise<NotifierReport> {
  const { name, type } = notifier;
  try {
    const open = await openNotifier(config, notifier, signal);
    const origin = { command: "notify test" as const, runId: undefined, actor, link };
    return {
      name,
      type,
      answer: await deliverNotice(open, testNotice(config, origin, randomUUID()), signal),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { name, type, error: { kind: error.kind, message: error.message, hint: error.hint } };
  }
}
