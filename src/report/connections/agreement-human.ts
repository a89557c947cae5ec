import type { ConsentReport } from "../../model/connections/connection-summary.js";
import type { AgreementEntry } from "../../model/connections/agreement.js";
import { shownTime } from "../../model/words/shown-time.js";
import type { Palette } from "../layout/palette.js";
import { toOneLine } from "../layout/printable.js";
import { wrap } from "../layout/text.js";

/** What is agreed to for a connection, what the config says of it, and what was recorded. */
export function agreementHuman(report: ConsentReport, paint: Palette, timezone: string): string {
  const { connection, state, configured, text, recorded } = report;
  const title = `${paint.strong(paint.accent(connection))}  ${state === "agreed" ? paint.add(state) : paint.warn(state)}`;
  const lines = [title];
  if (configured !== undefined) lines.push(...wrap("  ", configuredText(configured)));
  lines.push("");
  if (text === undefined)
    lines.push(
      ...wrap("  ", `Text ${toOneLine(configured?.text ?? "")} is one of your own.`).map(paint.quiet),
    );
  else {
    lines.push(paint.quiet(`  Text ${text.version}`), "");
    for (const paragraph of text.paragraphs) lines.push(...wrap("    ", paragraph), "");
  }
  lines.push(
    paint.quiet(recorded.length === 0 ? "  Nothing is recorded yet; the next apply does." : "  Recorded"),
  );
  for (const entry of recorded) lines.push(...wrap("    ", entryText(entry, timezone)));
  return `${lines.join("\n")}\n`;
}

function configuredText({ agreed, by, on, text }: NonNullable<ConsentReport["configured"]>): string {
  return `The configuration says: ${agreed ? "agreed" : "not agreed"} by ${toOneLine(by)} on ${on}, text ${toOneLine(text)}.`;
}

function entryText(
  { agreed, by, on, text, reason, seenAt, actor }: AgreementEntry,
  timezone: string,
): string {
  const what = agreed
    ? `agreed by ${toOneLine(by ?? "")} on ${on ?? ""}, text ${toOneLine(text ?? "")}`
    : `withdrawn: ${reason ?? "not agreed"}`;
  return `${shownTime(seenAt, timezone)}  ${what} (seen by ${toOneLine(actor)})`;
}
