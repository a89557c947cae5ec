import { commandLine } from "../../model/words/command-line.js";
import type { Narrowing } from "../../model/plan/narrowing.js";
import type { RejectedOfExport, RejectedReport } from "../../model/reports/rejected.js";
import { shownMinute } from "../../model/words/shown-time.js";
import { applyWords } from "./apply-words.js";
import { toOneLine } from "../layout/printable.js";
import { formatCount, counted } from "../layout/quantity.js";
import type { StatusView } from "./status-human.js";
import { padLeft, padRight, widestLength, wrap } from "../layout/text.js";

/** A valid one has 254 characters at most. */
const LONGEST_ADDRESS = 254;

/** A block for each export: how many for which reason, the latest of them, and what becomes of them. `again`: the run that sends them once more. */
export function rejectedHuman(
  { exports }: RejectedReport,
  again: Narrowing | undefined,
  reading: StatusView,
): string {
  if (exports.length === 0) return "Nobody is recorded as rejected.\n";
  const blocks = exports.map((one) => block(one, reading).join("\n"));
  const retry = again && ` \`${commandLine(applyWords(again))}\` sends them once more as they are.`;
  const left = wrap("", `They are not sent again before their data changes.${retry ?? ""}`);
  return `${[...blocks, left.join("\n")].join("\n\n")}\n`;
}

function block({ name, account, people, reasons, latest }: RejectedOfExport, reading: StatusView): string[] {
  const { paint, timezone } = reading;
  const width = widestLength(reasons.map((one) => formatCount(one.people)));
  const address = Math.min(44, widestLength(latest.map((one) => toOneLine(one.address, LONGEST_ADDRESS))));
  const more = people - latest.length;
  return [
    `${paint.strong(name)}  ${account}, ${counted(people, "person", "people")} rejected`,
    ...reasons.flatMap((one) => wrap(`  ${padLeft(formatCount(one.people), width)} `, toOneLine(one.reason))),
    ...latest.map(({ address: own, since }) =>
      paint.quiet(
        `    ${padRight(toOneLine(own, LONGEST_ADDRESS), address)}  since ${shownMinute(since, timezone)}`,
      ),
    ),
    ...(more > 0 ? [paint.quiet(`    and ${formatCount(more)} more; --limit shows more of them`)] : []),
  ];
}
