import { join } from "node:path";
import type { World } from "../world.js";
import { brevoLines, restoreBrevo } from "./brevo.js";
import { readLines, writeLines } from "./lines.js";
import { restoreSendgrid, sendgridLines } from "./sendgrid.js";

/** How long after a change the state is written, in milliseconds. */
const QUIET_MS = 300;
/** Writing takes at most this share of the time. */
const SHARE = 0.1;

/**
 * Keeps a world in a folder, a file an account. It writes shortly after
 * changes and never while jobs are open, so that a file never holds half a job.
 */
export class StateKeeper {
  readonly #world: World;
  readonly #folder: string;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #restMs = QUIET_MS;

  constructor(world: World, folder: string) {
    this.#world = world;
    this.#folder = folder;
  }

  async load(): Promise<void> {
    for (const data of this.#world.brevo) await restoreBrevo(data, readLines(this.#path("brevo", data.id)));
    for (const data of this.#world.sendgrid)
      await restoreSendgrid(data, readLines(this.#path("sendgrid", data.id)));
  }

  /** Something may have changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const busy = [...this.#world.brevo, ...this.#world.sendgrid].some(({ runner }) => runner.open > 0);
      if (busy) this.changed();
      else void this.save();
    }, this.#restMs).unref();
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const start = performance.now();
    for (const data of this.#world.brevo) await writeLines(this.#path("brevo", data.id), brevoLines(data));
    for (const data of this.#world.sendgrid)
      await writeLines(this.#path("sendgrid", data.id), sendgridLines(data));
    this.#restMs = Math.max(QUIET_MS, (performance.now() - start) / SHARE);
  }

  #path(vendor: string, id: string | number): string {
    return join(this.#folder, `${vendor}-${encodeURIComponent(id)}.ndjson`);
  }
}
