import type { WriteStream } from "node:tty";
import type { RunEvent } from "../../model/run/event.js";
import type { Palette } from "../../report/layout/palette.js";
import { toOneLine } from "../../report/layout/printable.js";
import { progressText } from "../../report/runs/progress-human.js";

/** About so many lines for each operation of an export where lines cannot be rewritten. */
const LINES_AN_OPERATION = 20;

/** A warning may be some sentences long. */
const LONGEST_LINE = 2000;

/** On a terminal one line for each export, rewritten in place; elsewhere plain lines. */
export class Progress {
  readonly #stream: WriteStream;
  readonly #paint: Palette;
  readonly #lines = new Map<string, string>();
  #drawn = 0;

  constructor(stream: WriteStream, paint: Palette) {
    this.#stream = stream;
    this.#paint = paint;
  }

  show(event: RunEvent): void {
    const told = progressText(event);
    if (told === undefined) return;
    const line = { topic: told.topic, text: toOneLine(told.text, LONGEST_LINE) };
    if (event.type === "warning") {
      this.clear();
      this.#stream.write(`${this.#paint.warn(`warning: ${line.text}`)}\n`);
    } else if (this.#stream.isTTY !== true) {
      if (worthALine(event)) this.#stream.write(`${line.text}\n`);
    } else {
      this.#lines.delete(line.topic);
      this.#lines.set(line.topic, line.text);
      this.#draw();
    }
  }

  /** Takes the progress off the screen, so that a result can follow. */
  clear(): void {
    if (this.#drawn > 0) this.#stream.write(`\u001B[${this.#drawn}A\u001B[0J`);
    this.#drawn = 0;
    this.#lines.clear();
  }

  #draw(): void {
    // A terminal that does not tell its size says 0.
    const room = Math.max(1, (this.#stream.rows || 24) - 1);
    const width = Math.max(20, (this.#stream.columns || 80) - 1);
    const lines = [...this.#lines.values()].slice(-room);
    const up = this.#drawn > 0 ? `\u001B[${this.#drawn}A` : "";
    this.#stream.write(
      `${up}\u001B[0J${lines.map((text) => this.#paint.quiet(text.slice(0, width))).join("\n")}\n`,
    );
    this.#drawn = lines.length;
  }
}

function worthALine(event: RunEvent): boolean {
  if (event.type !== "batch") return true;
  if (event.outcome === "sent") return false;
  const step = Math.ceil(event.batches / LINES_AN_OPERATION);
  return event.outcome !== "confirmed" || event.batch % step === 0 || event.batch === event.batches;
}
