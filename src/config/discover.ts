import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

export const SEARCH_PLACES = ["exports.config.yaml", "exports.config.yml"];

interface Explorer {
  search(from: string): Promise<{ filepath: string } | null>;
}

/**
 * The config file of a folder or of the nearest folder above it, up to the root
 * of the repository.
 *
 * The explorer is taken from inside cosmiconfig: its entry point also reads
 * `package.json` and `.config/config.js` for options of its own and would run
 * that script, and its walk ends in the user's home instead of the repository.
 */
export async function discoverConfig(cwd: string): Promise<string | undefined> {
  const inner: unknown = await import("cosmiconfig/dist/Explorer.js");
  const { Explorer } = inner as { Explorer: new (options: object) => Explorer };
  const yaml = (): object => ({});
  const explorer = new Explorer({
    moduleName: "exports",
    searchPlaces: SEARCH_PLACES,
    loaders: { ".yaml": yaml, ".yml": yaml },
    ignoreEmptySearchPlaces: false,
    searchStrategy: "none",
    cache: false,
    transform: (result: unknown) => result,
  });
  for (const folder of upToRepositoryRoot(cwd)) {
    const result = await explorer.search(folder);
    if (result !== null) return result.filepath;
  }
  return undefined;
}

function* upToRepositoryRoot(from: string): Generator<string> {
  let folder = from;
  while (true) {
    yield folder;
    const parent = dirname(folder);
    if (parent === folder || existsSync(join(folder, ".git"))) return;
    folder = parent;
  }
}
