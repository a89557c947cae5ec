import { createHash } from "node:crypto";
import { completeCommands, type Invocation } from "../model/words/command-line.js";
import type { Config } from "../model/config/config.js";
import type { Notice, NoticeChange, NoticeExport } from "../model/run/notice.js";
import { maskAddresses } from "../platform/secrets/mask-addresses.js";
import { TOOL } from "../platform/tool.js";
import { toOneLine } from "../report/layout/printable.js";
import type { Change } from "./change.js";

export interface NoticeOrigin {
  readonly command: Notice["run"]["command"];
  readonly runId: string | undefined;
  readonly actor: string;
  readonly link: string | undefined;
  /** How the run was called. */
  readonly invocation: Invocation;
}

const LONGEST = 1000;

/** One notice of several changes; `scope` tells the projects apart that may write to one receiver. */
export function noticeOf(
  config: Config,
  origin: NoticeOrigin,
  scope: string,
  changes: readonly Change[],
): Notice {
  return {
    ...noticeFrom(config, origin, idOf([scope, ...changes.map(identity).toSorted()])),
    type: "changes",
    changes: changes.map((change) => described(config, origin, change)),
  };
}

/** What no change caused. */
export function testNotice(config: Config, origin: Omit<NoticeOrigin, "invocation">, id: string): Notice {
  return { ...noticeFrom(config, origin, idOf([id])), type: "test", changes: [] };
}

function noticeFrom(
  { environment }: Config,
  { command, runId, actor, link }: Omit<NoticeOrigin, "invocation">,
  id: string,
): Omit<Notice, "type" | "changes"> {
  return {
    id,
    at: new Date().toISOString(),
    tool: TOOL,
    environment,
    run: { command, id: runId, actor: clean(actor), url: link },
  };
}

/** Equal for what is the same change told again. */
function identity({ outcome, after }: Change): string {
  return JSON.stringify([outcome.export ?? "", after.condition, after.what, after.count]);
}

function idOf(parts: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return `msg_${digest.slice(0, 32)}`;
}

function described(
  config: Config,
  { invocation }: NoticeOrigin,
  { outcome, event, before }: Change,
): NoticeChange {
  const { condition, kind, checks, message, hint, counts } = outcome;
  return {
    event,
    condition,
    before: before.condition,
    export: outcome.export === undefined ? undefined : exportOf(config, outcome.export),
    kind,
    checks,
    message: clean(completeCommands(message, invocation)),
    hint: hint === undefined ? undefined : clean(completeCommands(hint, invocation)),
    counts,
  };
}

function exportOf(config: Config, name: string): NoticeExport {
  const { displayName, connection } = config.exports.get(name) ?? {};
  const shown = connection === undefined ? undefined : config.connections.get(connection)?.displayName;
  return {
    name,
    displayName: displayName === undefined ? undefined : clean(displayName),
    connection,
    connectionDisplayName: shown === undefined ? undefined : clean(shown),
  };
}

/** One line without an address, whatever it was made of. */
function clean(text: string): string {
  return toOneLine(maskAddresses(text.replaceAll(/\s+/g, " ")), LONGEST);
}
