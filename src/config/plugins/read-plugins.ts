import { dirname } from "node:path";
import type { BaseConfig } from "../files/base.js";
import { findingOf } from "../diagnostics/diagnostics.js";
import type { Finding, Problem } from "../diagnostics/problem.js";
import type { ReadFile } from "../files/read-tree.js";
import type { Brought } from "./read-manifest.js";
import { namesIn, namesPlugins } from "./named-plugins.js";
import {
  NO_PLUGINS,
  NOT_LOADED,
  type Manifests,
  type OwnKind,
  type OwnKinds,
  type OwnSection,
} from "./own-kinds.js";

export interface ReadPlugins {
  readonly own: OwnKinds;
  readonly diagnostics: readonly Finding[];
}

/**
 * Loads the modules that the root file names in `plugins`: they are code, and are run. Those of a checkout
 * that nobody has reviewed are not, whoever names them: the base names files as well that the checkout has changed.
 */
export async function readPlugins(
  files: readonly ReadFile[],
  { base, within }: { readonly base: BaseConfig | undefined; readonly within: readonly string[] },
): Promise<ReadPlugins> {
  const [root, ...included] = files;
  const found = (file: ReadFile | undefined, problem: Problem): Finding =>
    file?.document === undefined ? problem : findingOf(file.document, problem);
  const naming = files.find(namesPlugins);
  if (base !== undefined) {
    if (naming === undefined && base.merged?.plugins === undefined)
      return { own: NO_PLUGINS, diagnostics: [] };
    return {
      own: NOT_LOADED,
      diagnostics: [found(naming, notTrusted(naming === undefined ? base.name : "this checkout"))],
    };
  }
  const stray = included.find(namesPlugins);
  const diagnostics = stray === undefined ? [] : [found(stray, IN_INCLUDED)];
  const kinds: Loaded = { connections: new Map(), sources: new Map(), notifiers: new Map() };
  for (const [index, name] of namesIn(root).entries()) {
    const folder = dirname(root?.document?.path ?? "");
    const { loadModule } = await import("./load-module.js");
    const loaded = await loadModule(name, { folder, within, kinds });
    if ("section" in loaded) add(kinds, loaded);
    else diagnostics.push(found(root, { severity: "error", ...loaded, at: ["plugins", index] }));
  }
  return { own: { kinds, complete: diagnostics.length === 0 }, diagnostics };
}

function add(kinds: Loaded, { section, kind }: Brought): void {
  for (const word of kind.words)
    if (section === "connections") kinds.connections.set(word, kind);
    else if (section === "sources") kinds.sources.set(word, kind);
    else kinds.notifiers.set(word, kind);
}

type Loaded = { readonly [Section in OwnSection]: Map<string, OwnKind<Manifests[Section]>> };

const IN_INCLUDED: Problem = {
  severity: "error",
  code: "plugins-included",
  message: "`plugins` is in an included file.",
  hint: "Move it to the root config file, where everybody looks for it.",
  at: ["plugins"],
  onKey: true,
};

function notTrusted(whose: string): Problem {
  return {
    severity: "error",
    code: "plugins-untrusted",
    message: `The config of ${whose} names \`plugins\`, and --untrusted runs no code of a checkout that nobody has reviewed.`,
    hint: "Review the change, and plan it without --untrusted, where no key is at hand that it may not have.",
    at: ["plugins"],
    onKey: true,
  };
}
