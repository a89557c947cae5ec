import { identifier, literal } from "../plugin/relation.js";
import type { ExportProgram } from "../model/program.js";
import { withSegments } from "./desired-sql.js";
import type { Engine } from "./engine.js";
import { listIn, nodeIn } from "./sql-node.js";
import { userQuery } from "./user-query.js";
import { selectNode } from "./user-sql.js";

/** What makes text of most columns that are ordered: one value that is none, or another way of writing it. */
const LIKE = {
  dates: String.raw`\s*[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4}.*`,
  numbers: String.raw`\s*[-+]?[0-9][0-9.,_ ]*\s*`,
} as const;

/** A column of text that a segment is ordered by, although most of it looks like something that has another order. */
export interface TextOrder {
  readonly segment: string;
  /** As the config writes it. */
  readonly column: string;
  readonly like: keyof typeof LIKE;
  readonly alike: number;
  readonly values: number;
}

/** Such columns in the order of a program's segments; of each segment the first. */
export async function findTextOrders(engine: Engine, program: ExportProgram): Promise<TextOrder[]> {
  const found: TextOrder[] = [];
  for (const { view, orderBy } of program.segments) {
    if (orderBy === undefined) continue;
    for (const column of await columnsIn(engine, orderBy)) {
      const like = await mostlyLike(engine, program, view, column);
      if (like === undefined) continue;
      found.push({ segment: view, column, ...like });
      break;
    }
  }
  return found;
}

/** The columns in an ORDER BY that stand there alone. */
async function columnsIn(engine: Engine, orderBy: string): Promise<string[]> {
  const node = await selectNode(engine, `SELECT 1 FROM ranked ORDER BY\n${orderBy}\n`);
  return listIn(node, "modifiers").flatMap((modifier) =>
    listIn(modifier, "orders").flatMap((order) => {
      const expression = nodeIn(order, "expression");
      const path = expression["class"] === "COLUMN_REF" ? (expression["column_names"] as string[]) : [];
      return path.length === 1 ? path : [];
    }),
  );
}

async function mostlyLike(
  engine: Engine,
  program: ExportProgram,
  view: string,
  column: string,
): Promise<Pick<TextOrder, "like" | "alike" | "values"> | undefined> {
  const value = identifier(column);
  const counts = Object.entries(LIKE).map(
    ([name, pattern]) => `count(*) FILTER (regexp_full_match(text, ${literal(pattern)})) AS ${name}`,
  );
  const texts = `SELECT CASE WHEN typeof(${value}) = 'VARCHAR' THEN CAST(${value} AS VARCHAR) END AS text FROM ${identifier(view)}`;
  const row = await userQuery(engine, program, [view], () =>
    engine.outer.row<Record<"filled" | keyof typeof LIKE, number>>(
      `${withSegments(program)}SELECT count(*) AS filled, ${counts.join(", ")} FROM (${texts}) WHERE text <> ''`,
    ),
  );
  const like = (["dates", "numbers"] as const).find((name) => row[name] > 0 && row[name] * 2 >= row.filled);
  return like === undefined ? undefined : { like, alike: row[like], values: row.filled };
}
