/** What the placeholders of a template stand for. */
export interface TemplateFacts {
  /** `__NAME__` stands for this text. */
  readonly words: Readonly<Record<string, string>>;
  /** A line with `__NAME__` stands there once for each of these; not at all when there are none. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** What is between `# if NAME` and `# end` stays only when NAME is one of these. */
  readonly conditions: ReadonlySet<string>;
}

const IF = /^ *# if (\w+)$/;
const END = /^ *# end$/;

/** A file of templates/, filled in. */
export function fillInTemplate(template: string, { words, lists, conditions }: TemplateFacts): string {
  let left = false;
  const kept: string[] = [];
  for (const line of template.split("\n")) {
    const [, condition] = IF.exec(line) ?? [];
    if (condition !== undefined) left = !conditions.has(condition);
    else if (END.test(line)) left = false;
    else if (!left) kept.push(...repeated(line, lists));
  }
  return kept.map((line) => line.replaceAll(/__([A-Z]+)__/g, (text, name) => words[name] ?? text)).join("\n");
}

function repeated(line: string, lists: TemplateFacts["lists"]): string[] {
  const found = Object.entries(lists).find(([name]) => line.includes(`__${name}__`));
  if (found === undefined) return [line];
  const [name, items] = found;
  return items.map((item) => line.replaceAll(`__${name}__`, item));
}
