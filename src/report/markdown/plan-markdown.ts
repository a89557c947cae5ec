import type { Plan } from "../../model/plan/plan.js";
import { shownMinute } from "../../model/words/shown-time.js";
import { refusalsOf } from "../../plan/refusals.js";
import { totalsOf } from "../../plan/totals.js";
import { configSection } from "./config-section.js";
import { detailsSection } from "./details-section.js";
import { fence } from "./fence.js";
import { fitDocument } from "./fit.js";
import { graphSection } from "./graph-section.js";
import { code, inertText, prose } from "./inert.js";
import { sourcesSection } from "./sources-section.js";
import { summarySections } from "./summary-section.js";
import { unsafeSection } from "./unsafe-section.js";
import type { PlanCommands } from "../plan/plan-commands.js";
import { applyLabel, withdrawingSentence } from "../plan/refused.js";
import { planSentence } from "../plan/summary.js";

export interface MarkdownOptions extends PlanCommands {
  /** Most characters (UTF-16 units), at least 8,192. By default what GitHub takes; GitLab and Azure DevOps take more. */
  readonly limit?: number | undefined;
  readonly title?: string | undefined;
  /** The config file as the repository calls it: tells comments of several configs apart. */
  readonly config?: string | undefined;
}

/** GitHub's limit of a comment; GitLab's is 1,000,000 and that of Azure DevOps 150,000. */
const GITHUB_LIMIT = 65_536;
const LONGEST_COMMAND = 2000;
const MOST_NOTES = 5;

/**
 * A plan for the comment of a pull request: summary, what is unsafe, details
 * folded, the next command. Always within the limit; what does not fit is left
 * out of the middle and said to be. People are masked even when the plan is
 * revealed, and no text of others becomes mark-up, a link or a mention.
 */
export function planMarkdown(plan: Plan, options: MarkdownOptions): string {
  const sections = [
    ...summarySections(plan),
    unsafeSection(plan),
    configSection(plan),
    graphSection(plan),
    detailsSection(plan),
    sourcesSection(plan),
  ];
  return fitDocument(
    { head: head(plan, options), sections, tail: tail(plan, options) },
    options.limit ?? GITHUB_LIMIT,
  );
}

/** The first line, by which a workflow finds the comment that it wrote before. */
export function commentMarker(environment = "default", config = "exports.config.yaml"): string {
  // Two hyphens would end the comment.
  const word = (text: string): string =>
    text
      .replace(/[^\w./-]|-(?=-)/g, (unit) => `%${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .slice(0, 300) || "-";
  return `<!-- rollcall:plan ${word(environment)} ${word(config)} -->`;
}

function head(plan: Plan, { title, config }: MarkdownOptions): string {
  const { environment } = plan;
  const heading = title ?? (environment === undefined ? "Rollcall plan" : `Rollcall plan for ${environment}`);
  const notes = (plan.notes ?? []).slice(0, MOST_NOTES).map((note) => `Note: ${prose(note, 300)}`);
  return [
    `${commentMarker(environment, config)}\n## ${inertText(heading)}`,
    `**${planSentence(plan)}**`,
    ...refused(plan),
    ...notes,
  ].join("\n\n");
}

const MOST_REFUSED = 20;

function refused(plan: Plan): string[] {
  const refused = refusalsOf(plan);
  const { exports, policies } = refused;
  const withdrawing = withdrawingSentence(refused, code);
  return [
    ...(policies.length === 0
      ? []
      : [`❌ Apply refuses the whole plan because of ${some(policies)}: it sends withdrawals only.`]),
    ...(totalsOf(plan).failedChecks === 0 ? [] : [`❌ Apply refuses ${some(exports)}.`]),
    ...(withdrawing === undefined ? [] : [`➖ ${withdrawing}`]),
  ];
}

function some(all: readonly string[]): string {
  const names = all.slice(0, MOST_REFUSED).map((name) => code(name));
  const left = all.length - names.length;
  return `${names.join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

function tail(plan: Plan, options: MarkdownOptions): string {
  const { environment } = plan;
  const facts = [
    `Planned ${made(plan)} by ${inertText(plan.tool)}`,
    ...(environment === undefined ? [] : [`environment ${code(environment)}`]),
    `control digest ${code(plan.digest.control)}`,
    plan.revealed
      ? "people are masked here, also with `--reveal`, because others read this"
      : "people are masked",
  ];
  return [...commands(plan, options), `<sub>${facts.join(" · ")}.</sub>`].join("\n\n");
}

function commands(plan: Plan, { next, approve, override }: PlanCommands): string[] {
  const label = applyLabel(plan, approve !== undefined);
  return [
    ...(approve === undefined ? [] : block("To approve it first:", approve)),
    ...(next === undefined || label === undefined ? [] : block(label, next)),
    ...(override === undefined || override === next
      ? []
      : block("If what failed is meant all the same:", override)),
  ];
}

/** A saved file may say anything. */
function made({ createdAt, timezone = "UTC" }: Plan): string {
  const minute = shownMinute(createdAt, timezone);
  return /^[\d-]+ [\d:]+(?:Z|[+-][\d:]+)$/.test(minute) ? minute : inertText(minute);
}

/** Half a command would be another command; a line of it could be one for the forge, such as `/approve`. */
function block(label: string, command: string): string[] {
  if (command.length > LONGEST_COMMAND || command.includes("\n"))
    return [`${label} the command does not fit into a comment; see the text of the plan.`];
  return [label, fence("sh", command)];
}
