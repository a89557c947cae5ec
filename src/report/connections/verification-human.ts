import type { TriedBelief, Verification, VerificationPlan } from "../../model/connections/verification.js";
import type { Palette } from "../layout/palette.js";
import { toOneLine } from "../layout/printable.js";
import { counted } from "../layout/quantity.js";
import { wrap } from "../layout/text.js";

/** What a trial would do, for whoever has to agree to it. */
export function verificationPlanHuman(plan: VerificationPlan, paint: Palette): string {
  const { connection, account, list, addresses, steps, stage } = plan;
  const lines = [
    `${paint.strong(paint.accent(connection))} ${paint.quiet(`${toOneLine(account.label)} (${toOneLine(account.id)})`)}`,
    ...wrap(
      "  ",
      `List ${toOneLine(list.id)} "${toOneLine(list.name)}", addresses ${addresses.join(" and ")}.`,
    ),
    "",
  ];
  if (stage === "clean-up") lines.push("  Deletes both contacts and everything else that the trial made.");
  else {
    lines.push("  The trial");
    for (const { does } of steps) lines.push(...wrap("    - ", does));
    lines.push(
      ...wrap(
        "    - ",
        plan.leavesOne
          ? "leaves the second address on the list, to be unsubscribed by hand"
          : "deletes both contacts and everything else that it made",
      ),
    );
  }
  if (stage === "try" && plan.untried.length > 0)
    lines.push(
      "",
      ...wrap("  ", `It does not try ${counted(plan.untried.length, "belief")} more.`).map(paint.quiet),
    );
  return `${lines.join("\n")}\n`;
}

/** Which beliefs held, what was seen, and for those that did not what happens now. */
export function verificationHuman(found: Verification, paint: Palette): string {
  const lines = [
    `${paint.strong(paint.accent(found.connection))} ${paint.quiet(`${toOneLine(found.account.label)} (${toOneLine(found.account.id)})`)}`,
  ];
  for (const belief of found.beliefs) lines.push(...beliefLines(belief, paint));
  const of = (verdict: TriedBelief["verdict"]): number =>
    found.beliefs.filter((belief) => belief.verdict === verdict).length;
  lines.push(
    "",
    `${counted(of("held"), "belief")} held, ${of("failed")} did not, ${of("untried")} could not be tried.`,
  );
  if (found.kept > 0)
    lines.push(
      ...wrap(
        "",
        `${counted(found.kept, "contact")} not deleted: on another list by now. The list of the trial is left.`,
      ),
    );
  if (found.stays !== undefined) lines.push("", ...wrap("", found.stays).map(paint.warn));
  for (const error of found.errors) lines.push(...wrap("✗ ", error).map(paint.error));
  return `${lines.join("\n")}\n`;
}

function beliefLines({ id, says, either, verdict, saw }: TriedBelief, paint: Palette): string[] {
  switch (verdict) {
    case "held":
      return [
        ...wrap("  ✓ ", `${id}: ${says}`).map(paint.add),
        ...wrap("      ", toOneLine(saw)).map(paint.quiet),
      ];
    case "failed":
      return [
        ...wrap("  ✗ ", `${id}: ${says}`).map(paint.warn),
        ...wrap("      ", toOneLine(saw)),
        ...wrap("      ", `Rollcall: ${either}`).map(paint.quiet),
      ];
    case "untried":
      return [
        ...wrap("  - ", `${id}: ${says}`).map(paint.quiet),
        ...wrap("      ", toOneLine(saw)).map(paint.quiet),
      ];
  }
}
