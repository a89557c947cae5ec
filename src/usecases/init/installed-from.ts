import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { StoreManifest } from "../../model/manifests/store-manifest.js";
import type { Repository } from "../../platform/git/repository.js";

/** The folder of a checkout that holds what Rollcall is installed from: `npm run package` writes it. */
export interface InstalledFrom {
  /** With a slash at its end; empty for the top. */
  readonly folder: string;
  /** Whether it is there yet. */
  readonly packed: boolean;
  /** Stores whose library it lacks. */
  readonly lacking: readonly string[];
}

const LOCK = /^(?:[\w.-]+\/)*package-lock\.json$/;

/** Finds it by the lock file that pins Rollcall; where there is none, says where it belongs. */
export async function findInstalledFrom(
  repository: Repository,
  stores: readonly StoreManifest[],
): Promise<InstalledFrom> {
  const files = await filesOf(repository);
  // Nearest to the top first.
  for (const path of files.filter((file) => LOCK.test(file)).sort((a, b) => depth(a) - depth(b))) {
    const pinned = await findPinned(join(repository.top, path));
    if (pinned === undefined) continue;
    const lacks = ({ packages }: StoreManifest): boolean =>
      packages.some((name) => !pinned.has(`node_modules/${name}`));
    return {
      folder: path.slice(0, -"package-lock.json".length),
      packed: true,
      lacking: typesOf(stores.filter(lacks)),
    };
  }
  const folder = files.includes("package.json") ? "tools/rollcall/" : "";
  return { folder, packed: false, lacking: typesOf(stores.filter(({ packages }) => packages.length > 0)) };
}

function typesOf(stores: readonly StoreManifest[]): string[] {
  return stores.map(({ type }) => type);
}

async function filesOf({ top, git }: Repository): Promise<string[]> {
  const words = ["-C", top, "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  return (await git(words))?.toString("utf8").split("\0") ?? [];
}

/** Paths in a lock file that pins Rollcall by its hash; undefined for any other. */
async function findPinned(path: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const { packages } = JSON.parse(await readFile(path, "utf8")) as {
      packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string }>>;
    };
    const own = packages["node_modules/rollcall"];
    if (own?.resolved !== "file:rollcall.tgz" || own.integrity?.startsWith("sha512-") !== true)
      return undefined;
    return new Set(Object.keys(packages));
  } catch {
    return undefined;
  }
}

const depth = (path: string): number => path.split("/").length;
