/** Runs asynchronous work of one account; `serial` accounts run one job at a time. */
export class JobRunner {
  readonly #serial: boolean;
  readonly #delayMs: number | undefined;
  readonly #timers = new Map<NodeJS.Timeout, () => void>();
  #tail: Promise<void> = Promise.resolve();
  #open = 0;

  /** `delayMs` undefined: everything is carried out at once. */
  constructor(options: { serial: boolean; delayMs: number | undefined }) {
    this.#serial = options.serial;
    this.#delayMs = options.delayMs;
  }

  get open(): number {
    return this.#open;
  }

  /** `start` when it is the job's turn, `finish` after its time. */
  run(start: () => void, finish: () => void): void {
    if (this.#delayMs === undefined) {
      start();
      finish();
      return;
    }
    this.#open++;
    const work = async (): Promise<void> => {
      start();
      await this.#wait(this.#delayMs ?? 0);
      finish();
      this.#open--;
    };
    if (this.#serial) this.#tail = this.#tail.then(work);
    else void work();
  }

  /** Something that happens later on its own. */
  later(ms: number, action: () => void): void {
    if (ms <= 0 || this.#delayMs === undefined) action();
    else {
      this.#open++;
      void this.#wait(ms).then(() => {
        action();
        this.#open--;
      });
    }
  }

  /** Finishes everything that is open without further waiting. */
  async drain(): Promise<void> {
    while (this.#open > 0) {
      for (const [timer, done] of this.#timers) {
        clearTimeout(timer);
        done();
      }
      this.#timers.clear();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.set(timer, resolve);
    });
  }
}
