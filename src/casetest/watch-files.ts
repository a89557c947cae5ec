import { watch, type FSWatcher } from "node:fs";
import { stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Changes that come this close together are one: editors write a file in several steps. */
const SETTLE_MS = 100;

/**
 * Does the work now, and again after each change of a YAML or SQL file in
 * `folder`, in the folders of the files that the work names, and where SQL files
 * lie below `folder`; until `stop`. Folders are watched and not files, because
 * editors put a new file in the place of the old.
 */
export async function watchFiles(
  folder: string,
  stop: AbortSignal,
  { work, onWaiting }: { readonly work: () => Promise<readonly string[]>; readonly onWaiting: () => void },
): Promise<void> {
  const watchers = new Map<string, FSWatcher>();
  let changed: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pending = true;
  const onChange = (_: string, name: string | Buffer | null): void => {
    if (name !== null && !/\.(?:ya?ml|sql)$/iu.test(String(name))) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      pending = true;
      changed?.();
    }, SETTLE_MS);
  };
  const onStop = (): void => changed?.();
  stop.addEventListener("abort", onStop);
  try {
    while (!stop.aborted) {
      pending = false;
      const begun = Date.now();
      const files = [...(await work()), ...(await sqlFilesIn(folder))];
      const folders = new Set([folder, ...files.map((file) => dirname(file))]);
      const fresh = [...folders].filter((one) => !watchers.has(one));
      for (const one of fresh) watchers.set(one, watch(one, onChange));
      // Nobody watched them while the work was done.
      if (fresh.length > 0 && (await someChanged(files, begun))) pending = true;
      if (pending || stop.aborted) continue;
      const next = new Promise<void>((resolve) => (changed = resolve));
      onWaiting();
      await next;
      changed = undefined;
    }
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", onStop);
    for (const watcher of watchers.values()) watcher.close();
  }
}

async function sqlFilesIn(folder: string): Promise<string[]> {
  const { glob } = await import("tinyglobby");
  return glob("**/*.sql", { cwd: folder, absolute: true, ignore: ["**/node_modules/**", "**/.git/**"] });
}

async function someChanged(files: readonly string[], since: number): Promise<boolean> {
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => Infinity,
      ),
    ),
  );
  return times.some((time) => time > since);
}
