import type { Reading } from "../plugin/source.js";

/** Names that the engine gives the columns of what it reads. */
export async function readDescribedNames(sql: string, { query }: Reading): Promise<readonly string[]> {
  const rows = await query<{ column_name: string }>(`DESCRIBE ${sql}`);
  return rows.map(({ column_name }) => column_name);
}
