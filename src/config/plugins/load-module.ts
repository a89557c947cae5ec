import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { mayRead } from "../../platform/files/is-within.js";
import type { Kinds } from "./own-kinds.js";
import { readManifest, type Brought, type PluginFault } from "./read-manifest.js";

export interface ModuleContext {
  /** That of the root config file, where paths and packages are looked for. */
  readonly folder: string;
  /** Folders that a path may lead into. */
  readonly within: readonly string[];
  /** What was loaded before it. */
  readonly kinds: Kinds;
}

/** Runs a module of the project, and reads its manifest. */
export async function loadModule(name: string, loading: ModuleContext): Promise<Brought | PluginFault> {
  const place = await placeOf(name, loading);
  if (typeof place !== "string") return place;
  let module: unknown;
  try {
    module = await import(pathToFileURL(place).href);
  } catch (error) {
    // What it says may repeat a line of the file, and with it whatever is there.
    const kind = error instanceof Error ? error.name : "something that is not an error";
    return {
      code: "plugin-broken",
      message: `\`${name}\` cannot be loaded (${kind}).`,
      hint: isPath(name) ? `\`node ${name}\` shows why.` : "Import it in a program of your own to see why.",
    };
  }
  return readManifest(module, { name, place, kinds: loading.kinds });
}

async function placeOf(name: string, { folder, within }: ModuleContext): Promise<string | PluginFault> {
  if (isPath(name)) {
    const path = resolve(folder, name);
    if (!(await mayRead(path, within)))
      return {
        code: "path-outside",
        message: `\`${name}\` leads out of the project folder.`,
        hint: "Move it beside or below the root config file, or list its folder in `allowPaths` there.",
      };
    if (existsSync(path)) return path;
    return {
      code: "plugin-missing",
      message: `There is no file \`${name}\`.`,
      hint: "The path starts at the folder of the root config file.",
    };
  }
  try {
    const path = createRequire(join(folder, "exports.config.yaml")).resolve(name);
    if (isAbsolute(path)) return path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ERR_PACKAGE_PATH_NOT_EXPORTED")
      return {
        code: "plugin-broken",
        message: `The package \`${name}\` exports nothing that can be found here.`,
        hint: "Its `exports` need the condition `default`, besides `import`; or name its file: ./node_modules/….",
      };
  }
  return {
    code: "plugin-missing",
    message: `There is no package \`${name}\` here.`,
    hint: "Install it in the folder of the root config file or above. A file of the project begins with `./`.",
  };
}

function isPath(name: string): boolean {
  return /^\.{0,2}\//.test(name);
}
