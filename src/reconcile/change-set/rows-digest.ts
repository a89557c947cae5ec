import type { ChangeSetFile } from "./change-set.js";
import { createHash } from "node:crypto";
import { literal } from "../../plugin/relation.js";
import type { Engine } from "../../engine/engine.js";

/**
 * SHA-256 of what is to be done to whom, whatever the order of the files and
 * their rows. The people are hashed in buckets, so that no text grows with
 * their number beyond a two-hundred-and-fiftieth of it.
 */
export async function digestRows(engine: Engine, changeSets: readonly ChangeSetFile[]): Promise<string> {
  const digest = createHash("sha256");
  if (changeSets.length === 0) return digest.digest("hex");
  const files = `read_parquet([${changeSets.map(({ path }) => literal(path)).join(", ")}])`;
  const line = "concat_ws(chr(31), export, action, key, hex(delivered_hash))";
  const buckets = await engine.rows<{ hash: string }>(
    `SELECT sha256(string_agg(line, chr(30) ORDER BY line)) AS hash FROM (SELECT ${line} AS line, left(md5(key), 2) AS bucket FROM ${files})
     GROUP BY bucket ORDER BY bucket`,
  );
  for (const { hash } of buckets) digest.update(hash);
  return digest.digest("hex");
}
