import { identifier } from "../../plugin/relation.js";
import { removesDuplicates } from "../../engine/user-sql/addable-column.js";
import { listIn, nodeIn, type SqlNode } from "../../engine/user-sql/sql-node.js";
import { writtenColumn } from "../../engine/load/typed-source.js";

/** A column of a source that was taken for something else than text. */
export interface Origin {
  readonly source: string;
  readonly column: string;
  readonly type: string;
  /** It is in one column with values that may have another type. */
  readonly mixed?: true;
}

/** What is put into the SQL of a view, so that its result has what was written, too. */
export interface Edit {
  readonly view: string;
  /** In bytes of its SQL. */
  readonly at: number;
  /** `table`: in the place of the name of a table; `item`: before what is there. */
  readonly place: "table" | "item";
  readonly text: string;
}

/**
 * What a query makes of a column: it has none of the name; it stands there as
 * the source has it; SQL computes it; it can be had as it was written; or it
 * comes from somewhere, and cannot be followed there.
 */
export type FollowedColumn =
  | { readonly kind: "absent" | "as it is" | "computed" }
  | WrittenColumn
  | { readonly kind: "lost"; readonly origins: readonly Origin[] };

interface WrittenColumn {
  readonly kind: "written";
  readonly origins: readonly Origin[];
  readonly edits: readonly Edit[];
  /** Rows that only differ in what was written become several, and another query reads them. */
  readonly mayRepeat?: true;
}

export const ABSENT: FollowedColumn = { kind: "absent" };
export const AS_IT_IS: FollowedColumn = { kind: "as it is" };
export const COMPUTED: FollowedColumn = { kind: "computed" };

export function lost(origins: readonly Origin[]): FollowedColumn {
  return origins.length === 0 ? COMPUTED : { kind: "lost", origins };
}

export function originsOf(...answers: readonly FollowedColumn[]): readonly Origin[] {
  return answers.flatMap((answer) => ("origins" in answer ? answer.origins : []));
}

export function readByAnother(query: SqlNode, answer: FollowedColumn): FollowedColumn {
  return answer.kind === "written" && removesDuplicates(query) ? { ...answer, mayRepeat: true } : answer;
}

/** Both queries have what was written, under the same name. */
export function bothIn(first: FollowedColumn, second: FollowedColumn): FollowedColumn | undefined {
  if (first.kind !== "written" || second.kind !== "written") return undefined;
  return {
    kind: "written",
    origins: [...first.origins, ...second.origins],
    edits: [...first.edits, ...second.edits],
    ...(first.mayRepeat === true || second.mayRepeat === true ? { mayRepeat: true } : {}),
  };
}

/** Both queries of a UNION name their columns, so that what was written can come before the first one of either. */
export function inFront(
  query: SqlNode,
  column: string,
  ...answers: readonly [FollowedColumn, FollowedColumn]
): FollowedColumn | undefined {
  if (query["setop_type"] !== "UNION") return undefined;
  const sides = [nodeIn(query, "left"), nodeIn(query, "right")].map((side, index): FollowedColumn => {
    const answer = answers[index] ?? ABSENT;
    const items = listIn(side, "select_list");
    const at = Number(items[0]?.["query_location"]);
    if (answer.kind !== "written" || !items.every((item) => item["class"] !== "STAR")) return ABSENT;
    if (items[0]?.["class"] !== "COLUMN_REF" || !Number.isSafeInteger(at)) return ABSENT;
    const own = answer.edits.at(-1);
    if (own?.place !== "item") return ABSENT;
    const text = own.text.replace(/ AS "[^"]*", $/, ` AS ${identifier(writtenColumn(column))}, `);
    return { ...answer, edits: [...answer.edits.slice(0, -1), { ...own, at, text }] };
  });
  return bothIn(sides[0] ?? ABSENT, sides[1] ?? ABSENT);
}

/** Where several have a name, nobody knows which is meant. */
export function oneOf(answers: readonly FollowedColumn[]): FollowedColumn {
  const [first = ABSENT, ...more] = answers;
  if (more.length === 0) return first;
  return lost(originsOf(...answers));
}
