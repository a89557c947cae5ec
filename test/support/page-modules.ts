import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { nodesOf } from "./markdown.js";
import { project } from "./rollcall.js";

/** The modules of docs/own-sources-and-notifiers.md by the names of their files, which their first lines are, and its config. */
export async function pageModules(): Promise<Readonly<Record<string, string>>> {
  const nodes = nodesOf(await readFile(join(project, "docs/own-sources-and-notifiers.md"), "utf8"));
  const files = nodes.flatMap((node): [string, string][] => {
    if (node.type !== "code") return [];
    if (node.lang === "yaml") return [["exports.config.yaml", `${node.value}\n`]];
    const name = /^\/\/ (\S+)\n/u.exec(node.value)?.[1];
    return name === undefined ? [] : [[name, `${node.value}\n`]];
  });
  return Object.fromEntries(files);
}

/** One of them, loaded. */
export async function moduleOfPage<Module>(name: string): Promise<Module> {
  const text = (await pageModules())[name] ?? "";
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)) as Module;
}
