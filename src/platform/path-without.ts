import { delimiter, isAbsolute } from "node:path";
import { isWithin } from "./files/is-within.js";

/**
 * The folders of PATH less those of a checkout, which may hold programs that
 * nobody has reviewed: `npx` puts its `node_modules/.bin` first.
 */
export async function removeFromPath(checkout: string): Promise<string> {
  const kept: string[] = [];
  for (const folder of (process.env["PATH"] ?? "").split(delimiter))
    if (isAbsolute(folder) && !(await isWithin(folder, [checkout]))) kept.push(folder);
  return kept.join(delimiter);
}
