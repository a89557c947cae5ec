/** Up to when opt-outs were read: of all contacts, and of each list that was read for its own unsubscribes. */
export interface Marks {
  readonly account: string | undefined;
  readonly lists: ReadonlyMap<string, string>;
}

/** `2026-11-29T18:00:00.000Z 5=2026-11-29T18:00:00.000Z`, or only the first word, as marks once were. */
export function parseMarks(text: string | undefined): Marks {
  const [account, ...lists] = text?.split(" ") ?? [];
  const marks = lists
    .map((word) => word.split("="))
    .flatMap(([id, at]) => (id && at ? [[id, at] as const] : []));
  return { account, lists: new Map(marks) };
}

export function formatMarks({ account = "", lists }: Marks): string {
  return [account, ...[...lists].map(([id, at]) => `${id}=${at}`)].join(" ");
}
