import { counted } from "../model/words/counted.js";
import type { Condition, Notice, NoticeChange } from "../model/run/notice.js";

/** What a notice says to people, without the markup of any medium. */
export interface NoticeText {
  /** One line. */
  readonly title: string;
  readonly changes: readonly ChangeText[];
  /** How many changes are left out of `changes`. */
  readonly more: number;
  /** Where all this comes from, one line. */
  readonly origin: string;
  readonly url: string | undefined;
}

export interface ChangeText {
  readonly title: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly message: string;
  readonly hint: string | undefined;
}

/** The words of a notice, with at most `most` of its changes. */
export function noticeText(notice: Notice, most: number): NoticeText {
  const { run, changes, environment } = notice;
  const where = environment === undefined ? "" : ` (${environment})`;
  return {
    title: `${titleOf(notice)}${where}`,
    changes: changes.slice(0, most).map((change) => changeText(change, run.command)),
    more: Math.max(0, changes.length - most),
    origin: [
      `rollcall ${run.command}`,
      ...(run.id === undefined ? [] : [`run ${run.id}`]),
      `by ${run.actor}`,
      notice.at,
    ].join(" · "),
    url: run.url,
  };
}

function titleOf({ type, changes, run }: Notice): string {
  if (type === "test") return "Rollcall: a test notice";
  const [first, ...others] = changes;
  if (first !== undefined && others.length === 0) return `Rollcall: ${changeTitle(first, run.command)}`;
  const by = (["failed", "refused", "drifted", "ok"] as const)
    .map((condition) => ({ condition, n: changes.filter((one) => one.condition === condition).length }))
    .filter(({ n }) => n > 0)
    .map(({ condition, n }) => `${n} ${SHORT[condition]}`);
  return `Rollcall: ${counted(changes.length, "change")}: ${by.join(", ")}`;
}

const SHORT: Readonly<Record<Condition, string>> = {
  ok: "well again",
  failed: "failed",
  refused: "refused",
  drifted: "drifted",
};

const LONG: Readonly<Record<Condition, string>> = {
  ok: "is well again",
  failed: "failed",
  refused: "was refused",
  drifted: "was changed by others",
};

function changeTitle({ export: subject, condition }: NoticeChange, command: string): string {
  return `${subject === undefined ? command : subject.name} ${LONG[condition]}`;
}

function changeText(change: NoticeChange, command: string): ChangeText {
  const { export: subject, kind, checks, counts, before } = change;
  const facts: [string, string][] = [];
  if (subject !== undefined) {
    facts.push(["Export", named(subject.name, subject.displayName)]);
    if (subject.connection !== undefined)
      facts.push(["Connection", named(subject.connection, subject.connectionDisplayName)]);
  }
  facts.push(["Before", SHORT[before] === SHORT.ok ? "well" : SHORT[before]]);
  if (kind !== undefined && kind !== "refused") facts.push(["Failure", kind]);
  if (checks.length > 0) facts.push(["Checks", checks.join(", ")]);
  const people = Object.entries(counts).map(([name, n]) => `${spaced(name)} ${n}`);
  if (people.length > 0) facts.push(["People", people.join(", ")]);
  return { title: changeTitle(change, command), facts, message: change.message, hint: change.hint };
}

function named(name: string, displayName: string | undefined): string {
  return displayName === undefined ? name : `${displayName} (${name})`;
}

/** `optedOut` → `opted out`. */
function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
