import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "./rollcall.js";

/** The commands of a page that stand below `<!-- commands: NAME -->`, as they are written. */
export function commandsOf(page: string, name: string): string {
  const text = readFileSync(join(project, page), "utf8");
  const [, commands] = new RegExp(`<!-- commands: ${name} -->\n\n\`\`\`sh\n([^]*?)\n\`\`\``).exec(text) ?? [];
  if (commands === undefined) throw new Error(`${page} has no commands called ${name}`);
  return commands;
}
