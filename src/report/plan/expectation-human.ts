import { counted } from "../../model/words/counted.js";
import { toOneLine } from "../layout/printable.js";

/** What somebody allows who approves the text that stands for a plan. */
export function expectationHuman({
  tolerance: [people, share],
  exports,
}: {
  readonly tolerance: readonly [count: number, share: number];
  readonly exports: readonly (readonly [name: string, add: number, update: number, remove: number])[];
}): string {
  const lines = exports.map(
    ([name, add, update, remove]) =>
      `  ${toOneLine(name)}: ${add} to add, ${update} to update, ${remove} to remove`,
  );
  const percent = Math.round(share * 1000) / 10;
  return [
    "This text stands for a plan with these counts:",
    ...(lines.length === 0 ? ["  nothing to do"] : lines),
    `Each of them may grow by ${counted(people, "person", "people")} or ${percent}%, whichever is more, as far as the configuration allows it.`,
  ].join("\n");
}
