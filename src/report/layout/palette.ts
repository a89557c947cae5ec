/** Colours by meaning. Injected, so that output is plain where nobody sees colour. */
export interface Palette {
  readonly strong: Paint;
  readonly quiet: Paint;
  readonly add: Paint;
  readonly update: Paint;
  readonly remove: Paint;
  readonly warn: Paint;
  readonly error: Paint;
  readonly accent: Paint;
}

type Paint = (text: string) => string;

const same: Paint = (text) => text;

/** No colour at all: for files, pipes, `--no-color` and tests. */
export const plain: Palette = {
  strong: same,
  quiet: same,
  add: same,
  update: same,
  remove: same,
  warn: same,
  error: same,
  accent: same,
};
