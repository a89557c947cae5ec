import { watch, type FSWatcher } from "node:fs";
import { dirname } from "node:path";

/** Changes that come this close together are one: editors write a file in several steps. */
const SETTLE_MS = 100;

/**
 * Does the work now and again after each change of a YAML or SQL file in the
 * folders of the files that it names, until `stop`. Folders are watched and not
 * files, because editors put a new file in the place of the old. While the work
 * names no files, those that it named before are watched.
 */
export async function watchFiles(stop: AbortSignal, work: () => Promise<readonly string[]>): Promise<void> {
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
      const files = await work();
      for (const folder of new Set(files.map((file) => dirname(file))))
        if (!watchers.has(folder)) watchers.set(folder, watch(folder, onChange));
      if (!pending && !stop.aborted) await new Promise<void>((resolve) => (changed = resolve));
      changed = undefined;
    }
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", onStop);
    for (const watcher of watchers.values()) watcher.close();
  }
}
