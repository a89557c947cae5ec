import type { EnvironmentFacts } from "../model/reports/environment.js";
import type { Palette } from "./layout/palette.js";
import { counted } from "./layout/quantity.js";
import { wrap } from "./layout/text.js";

/** A block for each environment: where its state is, whom it sends to, what it leaves out. */
export function environmentsHuman(environments: readonly EnvironmentFacts[], paint: Palette): string {
  if (environments.length === 0) return "This config has no environments.\n";
  return `${environments.map((one) => block(one, paint)).join("\n\n")}\n`;
}

function block({ name, state, connections, exports, disabled }: EnvironmentFacts, paint: Palette): string {
  return [
    paint.strong(name),
    ...wrap("  state        ", state),
    ...wrap("  connections  ", connections.length === 0 ? "none" : connections.join(", ")),
    ...wrap("  exports      ", `${counted(exports.length, "export")}${leftOut(disabled)}`),
  ].join("\n");
}

function leftOut(disabled: readonly string[]): string {
  return disabled.length === 0 ? "" : `; left out: ${disabled.join(", ")}`;
}
