import type { ForgetKeyReplacement } from "../../model/reports/forget-key.js";
import { formatCount, counted } from "../layout/quantity.js";
import { wrap } from "../layout/text.js";

/** What a new key for forgotten people means: said before, and once it is done. */
export function forgetKeyHuman(replacement: ForgetKeyReplacement): string {
  const { lostKeyId, keyId, people, ids, named, doubted, released } = replacement;
  const item = (text: string): string[] => wrap("  - ", text);
  return [
    ...wrap(
      "",
      `${counted(people, "person was", "people were")} forgotten under the key ${lostKeyId}. Without it nobody can tell any more who that was, and there is no way back. The key ${keyId} takes its place. Nothing is sent, and no destination is asked.`,
    ),
    "",
    "Held back from now on:",
    ...item(
      `${counted(named, "address", "addresses")} that ${named === 1 ? "was" : "were"} named as forgotten`,
    ),
    ...(released
      ? item("nobody else: as many were named as had been forgotten, so this counts as all of them")
      : item(
          `${counted(doubted, "address", "addresses")} in the sources that ${doubted === 1 ? "is" : "are"} on no list by our record: whoever was forgotten is among them or is not there`,
        )),
    "",
    "Lost:",
    ...(released
      ? item("whoever was forgotten and was not named, if somebody was named who had not been")
      : item(
          "whoever was forgotten, is in no source today and comes back into one: they would be sent again",
        )),
    ...(ids === 0
      ? []
      : item(
          `${counted(ids, "id")} of people who had opted out before: under another address they are no longer recognised`,
        )),
    ...item("people whose forgetting had not come to its end, and who are still on our record of a list"),
    ...(released
      ? []
      : [
          "",
          ...wrap(
            "",
            `Whoever has the requests of all ${formatCount(people)} names them with --file, now or later: then nobody else is held back.`,
          ),
        ]),
  ].join("\n");
}
