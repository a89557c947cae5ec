import type {
  ForgetAccount,
  ForgetError,
  ForgetPreview,
  ForgetProof,
  ForgottenAt,
  Shared,
} from "../model/reports/forget.js";
import { shownTime } from "../model/words/shown-time.js";
import type { Palette } from "./layout/palette.js";
import { formatCount, counted } from "./layout/quantity.js";
import { wrap } from "./layout/text.js";

/** What a forget would do: the people in number, each account with lists and fields, and what stays. */
export function forgetPreviewHuman(preview: ForgetPreview, paint: Palette): string {
  const { accounts, deleting, known } = preview;
  const lines = [paint.strong(`Forget ${who(preview)}`), ""];
  for (const account of accounts) lines.push(...previewed(account, preview, paint), "");
  if (known > 0) lines.push(...wrap("", `Forgotten before: ${formatCount(known)} of them.`), "");
  lines.push(...wrap("", deleting ? DELETED : KEPT).map(deleting ? paint.warn : paint.quiet));
  return `${lines.join("\n")}\n`;
}

/** What a forget did, with what was checked where, to be kept as a proof. */
export function forgetProofHuman(proof: ForgetProof, paint: Palette, timezone: string): string {
  const { accounts, state, deleting, complete, keyId, finishedAt } = proof;
  const lines = [paint.strong(`Forgotten: ${who(proof)}`), ""];
  for (const account of accounts) lines.push(...ended(account, deleting, paint), "");
  const dropped =
    `State dropped ${counted(state.memberships, "membership")}, ${counted(state.optOuts, "opt-out")} and ` +
    `${counted(state.files, "old file")}. What stays of each person is a keyed hash (key ${keyId}), which holds ` +
    `them back in every export from now on.`;
  lines.push(...wrap("", dropped), "", ...wrap("", deleting ? DELETED : KEPT).map(paint.quiet), "");
  const left = accounts.filter(({ status }) => status === "left").length;
  const end = complete
    ? `Complete at ${shownTime(finishedAt, timezone)}.`
    : `Not complete: ${counted(left, "account")} left. They are held back already; run the same again to finish.`;
  lines.push(...wrap("", end).map(complete ? paint.strong : paint.error));
  return `${lines.join("\n")}\n`;
}

const KEPT =
  "The contact records stay at the vendor, on no list and without the values that our exports wrote. Deleting one " +
  "would lose its blocklist flag, and any later import could mail the person again.";
const DELETED =
  "The contact records are deleted at the vendor, and their blocklist flags with them: whoever imports these people " +
  "there by other means mails them again. Rollcall holds them back.";

function who({ people, samples }: Pick<ForgetPreview, "people" | "samples">): string {
  const more = people > samples.length ? ` and ${formatCount(people - samples.length)} more` : "";
  return `${counted(people, "person", "people")} (${samples.join(", ")}${more})`;
}

function title({ account, connection }: ForgetAccount): string {
  return connection === undefined
    ? (account ?? "")
    : `${connection}${account === undefined ? "" : ` (${account})`}`;
}

function previewed(
  one: ForgetPreview["accounts"][number],
  { deleting }: ForgetPreview,
  paint: Palette,
): string[] {
  if (one.error !== undefined) return failed(one, one.error, paint);
  const lines = [`${paint.accent(title(one))}  ${counted(one.contacts, "contact")}`];
  if (one.lists.length > 0)
    lines.push(
      ...wrap("  - ", `off the ${one.lists.length === 1 ? "list" : "lists"} ${named(one.lists)}`).map(
        paint.remove,
      ),
    );
  if (deleting && one.contacts > 0)
    lines.push(paint.remove(`  - ${counted(one.contacts, "contact")} deleted for good`));
  else if (one.fields.length > 0)
    lines.push(...wrap("  - ", `cleared: ${named(one.fields)}`).map(paint.remove));
  if (!deleting) lines.push(...stays(one, paint));
  if (one.recorded > 0) lines.push(paint.quiet(`    ${counted(one.recorded, "membership")} in state`));
  lines.push(...unasked(one, paint));
  return lines;
}

function ended(one: ForgottenAt, deleting: boolean, paint: Palette): string[] {
  if (one.status === "not asked" && one.error !== undefined)
    return wrap("! ", `${title(one)} was not asked: ${one.error.message}`).map(paint.warn);
  if (one.error !== undefined) return failed(one, one.error, paint);
  const checked = `read back ${one.checkedAt ?? ""}`;
  if (one.status === "nothing there")
    return [`${paint.add("✓")} ${title(one)}`, paint.quiet(`    nothing there; ${checked}`)];
  const lines = [`${paint.add("✓")} ${title(one)}`];
  if (one.lists.length > 0)
    lines.push(...wrap("    ", `off the ${one.lists.length === 1 ? "list" : "lists"} ${named(one.lists)}`));
  if (deleting) lines.push(`    ${counted(one.deleted, "contact")} deleted`);
  else {
    if (one.fields.length > 0) lines.push(...wrap("    ", `cleared: ${named(one.fields)}`));
    lines.push(...stays(one, paint));
    if (one.kept > 0)
      lines.push(`    ${counted(one.kept, "contact stays", "contacts stay")} stored, on no list`);
  }
  return [...lines, ...unasked(one, paint), paint.quiet(`    ${checked}`)];
}

/** About whom a connection without agreed dataPrivacy was not asked, while it was about others. */
function unasked({ notAsked }: ForgetAccount, paint: Palette): string[] {
  if (notAsked === 0) return [];
  const who = notAsked === 1 ? "1 person who is" : `${formatCount(notAsked)} people who are`;
  const why = "because the connection has no agreed dataPrivacy";
  return wrap("  ! ", `not looked up: ${who} not recorded there, ${why}`).map(paint.warn);
}

/** What only the vendor keeps. */
function stays({ blocklisted, fixed }: ForgetAccount, paint: Palette): string[] {
  return [
    ...(blocklisted === undefined || blocklisted === 0
      ? []
      : [`    ${counted(blocklisted, "blocklist flag stays", "blocklist flags stay")}`]),
    ...(fixed.length === 0
      ? []
      : wrap("  ! ", `cannot be cleared, only deleted with the contact: ${named(fixed)}`).map(paint.warn)),
  ];
}

function failed(one: ForgetAccount, error: ForgetError, paint: Palette): string[] {
  const hint = error.hint === undefined ? [] : wrap("    ", error.hint).map(paint.quiet);
  return [...wrap("✗ ", `${title(one)}: ${error.message}`).map(paint.error), ...hint];
}

function named(shared: readonly Shared[]): string {
  return shared
    .map(({ id, name, people }) => `${id === name ? name : `${name} (${id})`} ×${formatCount(people)}`)
    .join(", ");
}
