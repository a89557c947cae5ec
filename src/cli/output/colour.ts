import pc from "picocolors";
import type { Palette } from "../../report/layout/palette.js";
import { plain } from "../../report/layout/palette.js";

interface ColourWishes {
  /** False with `--no-color`. */
  readonly allowed: boolean;
  readonly isTTY: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Colours where somebody sees them: https://no-color.org and https://force-color.org decide before the terminal does. */
export function palette({ allowed, isTTY, env }: ColourWishes): Palette {
  const no = !allowed || (env.NO_COLOR !== undefined && env.NO_COLOR !== "");
  const force = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== "" && env.FORCE_COLOR !== "0";
  if (no || !(force || (isTTY && env.TERM !== "dumb"))) return plain;
  const colours = pc.createColors(true);
  return {
    strong: colours.bold,
    quiet: colours.dim,
    add: colours.green,
    update: colours.yellow,
    remove: colours.red,
    warn: colours.yellow,
    error: colours.red,
    accent: colours.cyan,
  };
}
