/** A commit as git keeps it. */
export interface RawCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  /** Addresses of whoever wrote it or had a part in it, by what it says itself. */
  readonly people: readonly string[];
}

/** Read from the object itself, so that no mail map, encoding or format of the checkout comes between. */
export function parseCommit(content: Buffer): RawCommit {
  const text = content.toString("utf8");
  const end = text.indexOf("\n\n");
  const headers = (end === -1 ? text : text.slice(0, end)).split("\n");
  const message = end === -1 ? "" : text.slice(end);
  const named = (name: string): string[] =>
    headers.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const wrote = [...named("author"), ...named("committer")];
  const helped = message.split(/\r?\n/).filter((line) => /^\s*co-(?:authored|developed)-by:/i.test(line));
  const addresses = [...wrote, ...helped].flatMap((line) => /<([^>]*)>/.exec(line)?.[1]?.trim() ?? []);
  return {
    tree: named("tree")[0] ?? "",
    parents: named("parent"),
    people: addresses.filter((address) => address !== ""),
  };
}
