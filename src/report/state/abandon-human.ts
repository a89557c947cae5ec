import { shownTime } from "../../model/words/shown-time.js";
import { wrap } from "../layout/text.js";

/** What giving up an unfinished run means, before it is done. */
export function abandonHuman(
  run: { readonly startedAt: string; readonly actor: string; readonly exports: readonly string[] },
  timezone: string,
): string {
  return [
    ...wrap(
      "",
      `The run of ${shownTime(run.startedAt, timezone)} by ${run.actor} was cut off while it sent ${run.exports.join(", ")}, and what it was sending is lost.`,
    ),
    "",
    ...wrap("  - ", "Changes that it did not send are planned again. Those that it did send are sent again."),
    ...wrap(
      "  - ",
      "People whom it added and who have left the segments since, or withdrew their consent, stay on the list as strangers. Compare the list with your segments before you send a campaign.",
    ),
    ...wrap("  - ", "Wait until no import is running at the destination before you apply."),
    "",
  ].join("\n");
}
