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
  return {
    tree: named("tree")[0] ?? "",
    parents: named("parent"),
    people: [...wrote.flatMap(peopleIn), ...helpers(message).flatMap(peopleIn)],
  };
}

const HELPED = /^\s*(?:co-)?(?:authored|developed)-by\s*:/i;

/** Lines of a message that name who had a part, with the indented ones that go on after them. */
function helpers(message: string): string[] {
  let goesOn = false;
  return message.split(/\r\n|\r|\n/).filter((line) => {
    goesOn = HELPED.test(line) || (goesOn && /^[ \t]+\S/.test(line));
    return goesOn;
  });
}

/** Every address of a line, whatever form it has; without one, what stands between the brackets. */
function peopleIn(line: string): string[] {
  const addresses = line.match(/[^\s<>,;()]+@[^\s<>,;()]+/g) ?? [];
  const bracketed = [...line.matchAll(/<([^<>]*)>/g)].flatMap(([, inside = ""]) => inside.trim() || []);
  return [...new Set([...bracketed, ...addresses])];
}
