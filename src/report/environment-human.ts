import type { Palette } from "./layout/palette.js";
import { toOneLine } from "./layout/printable.js";

/** The first line of what a command says about one environment; nothing where there is none. */
export function environmentHuman(environment: string | undefined, paint: Palette): string[] {
  return environment === undefined ? [] : [paint.strong(`Environment: ${toOneLine(environment)}`), ""];
}
