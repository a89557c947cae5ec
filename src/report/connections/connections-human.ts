import type { ConnectionReport } from "../../model/connections/connection-report.js";
import type { Palette } from "../layout/palette.js";
import { formatCount, counted } from "../layout/quantity.js";
import { toOneLine } from "../layout/printable.js";
import { padLeft, padRight, widestLength, wrap } from "../layout/text.js";

/** A block for each connection: whether the key works, what it may not do, the lists and the fields. */
export function connectionsHuman(tested: readonly ConnectionReport[], paint: Palette): string {
  const lines: string[] = [];
  for (const connection of tested) {
    if (lines.length > 0) lines.push("");
    lines.push(...block(connection, paint));
  }
  return `${lines.join("\n")}\n`;
}

function block(tested: ConnectionReport, paint: Palette): string[] {
  const title = `${paint.strong(paint.accent(tested.name))} ${paint.quiet(tested.type)}`;
  const { account, error } = tested;
  if (tested.hidden === true) return [title, paint.quiet("  not for you; ask an admin")];
  if (account === undefined) {
    const lines = [title, ...wrap("  ✗ ", error?.message ?? "").map(paint.error)];
    return error?.hint === undefined ? lines : [...lines, ...wrap("    ", error.hint).map(paint.quiet)];
  }
  const contacts = account.contacts === undefined ? "" : `, ${counted(account.contacts, "contact")}`;
  const lines = [
    title,
    paint.add(`  ✓ connected to ${toOneLine(account.label)} (${toOneLine(account.id)})${contacts}`),
  ];
  if (account.missingPermissions.length > 0) {
    lines.push(...wrap("  ✗ ", `the key lacks ${account.missingPermissions.join(", ")}`).map(paint.error));
  }
  if (tested.agreed !== true) {
    lines.push(...wrap("  ! ", "nothing is sent before dataPrivacy is agreed in the config").map(paint.warn));
  }
  return [...lines, ...lists(account.lists, paint), ...fields(account.fields)];
}

function lists(
  all: readonly { id: string; name: string; size: number | undefined }[],
  paint: Palette,
): string[] {
  if (all.length === 0) return [paint.quiet("  no lists")];
  const sizes = all.map(({ size }) => (size === undefined ? "?" : formatCount(size)));
  const width = widestLength(sizes);
  const id = widestLength(all.map((list) => list.id));
  return [
    `  ${counted(all.length, "list")}`,
    ...all.map(
      (list, index) =>
        `    ${padRight(list.id, id)}  ${padLeft(sizes[index] ?? "", width)}  ${toOneLine(list.name)}`,
    ),
  ];
}

/** Only those that an export may fill. */
function fields(all: readonly { name: string; type: string; writable: boolean }[]): string[] {
  const usable = all.filter(({ type, writable }) => writable && type !== "unsupported");
  if (usable.length === 0) return [];
  const words = usable.map(({ name, type }) => `${toOneLine(name)} ${type}`);
  return [`  ${counted(usable.length, "field")}`, ...wrap("    ", words.join(", "))];
}
