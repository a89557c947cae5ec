import type { NotifierReport } from "../../model/connections/notifier-report.js";
import type { Palette } from "../layout/palette.js";
import { toOneLine } from "../layout/printable.js";
import { wrap } from "../layout/text.js";

/** A block for each notifier: what it answered to a test notice, or why it could not be reached. */
export function notifiersHuman(tested: readonly NotifierReport[], paint: Palette): string {
  const blocks = tested.map(({ name, type, answer, error }) => {
    const title = `${paint.strong(paint.accent(name))} ${paint.quiet(type)}`;
    if (error === undefined) return [title, paint.add(`  ✓ ${toOneLine(answer ?? "")}`)];
    const lines = [title, ...wrap("  ✗ ", error.message).map(paint.error)];
    return error.hint === undefined ? lines : [...lines, ...wrap("    ", error.hint).map(paint.quiet)];
  });
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
