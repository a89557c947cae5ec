import type { Shared } from "../plugin/source.js";

/** What sources opened for all of them, until it is closed. */
export class SharedThings implements Shared {
  readonly #opened = new Map<string, Promise<{ close(): Promise<void> }>>();

  use<Value>(key: string, open: () => Promise<Value & { close(): Promise<void> }>): Promise<Value> {
    const opened = (this.#opened.get(key) as ReturnType<typeof open> | undefined) ?? open();
    this.#opened.set(key, opened);
    return opened;
  }

  /** What could not be opened, or does not close, was told to whoever used it. */
  async close(): Promise<void> {
    const opened = [...this.#opened.values()];
    this.#opened.clear();
    for (const one of opened)
      await one.then(
        (thing) => thing.close(),
        () => undefined,
      );
  }
}

/** Does work with what its sources share, and closes that afterwards. */
export async function withShared<Result>(work: (shared: Shared) => Promise<Result>): Promise<Result> {
  const shared = new SharedThings();
  try {
    return await work(shared);
  } finally {
    await shared.close();
  }
}
