/** Columns that terminals and tickets show without wrapping. */
export const WIDTH = 80;

/** Characters up to the next space that is not between backticks. */
const WORD = /(?:`[^`\n]*`|\S)+/gu;

/** Pads on the right by characters, not by UTF-16 units. */
export function padRight(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - characters(text)));
}

/** Pads on the left. */
export function padLeft(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - characters(text))) + text;
}

/** The longest text, in characters. */
export function widestLength(texts: readonly string[]): number {
  return texts.reduce((longest, text) => Math.max(longest, characters(text)), 0);
}

/**
 * Breaks at spaces so that no line is wider than `width`; the first line
 * starts with `first`, the others with as many spaces. A word that is too
 * long stays whole, so that it can be copied, and so does what stands between
 * backticks: a command that is pasted in two lines is two commands.
 */
export function wrap(first: string, text: string, width = WIDTH): string[] {
  const indent = " ".repeat(characters(first));
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(WORD) ?? []) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent.length + characters(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines.map((text, index) => (index === 0 ? first : indent) + text);
}

function characters(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
