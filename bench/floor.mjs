// The physical floor: what the same work costs without Rollcall.
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { profilesSql } from "./profiles.mjs";

const run = promisify(execFile);

/** Seconds for the diff of two million-row tables as one bare query, from CSV against recorded hashes. */
export async function bareDiff(folder, rows) {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  const recorded = join(folder, "floor.parquet");
  const hash =
    "unhex(left(sha256(concat_ws(chr(31), first_name, last_name, phone, country, city, postal_code, score, since)), 32))";
  await connection.run(
    `COPY (SELECT email, ${hash} AS hash FROM (${profilesSql({ from: 0, to: rows })})) TO '${recorded}' (FORMAT parquet)`,
  );
  const started = Date.now();
  await connection.runAndReadAll(
    `SELECT count(*) FILTER (r.email IS NULL), count(*) FILTER (d.email IS NULL), count(*) FILTER (d.hash <> r.hash)
     FROM (SELECT lower(email) AS email, ${hash} AS hash FROM read_csv('${join(folder, "profiles.csv")}')) AS d
     FULL JOIN '${recorded}' AS r USING (email)`,
  );
  const seconds = (Date.now() - started) / 1000;
  connection.closeSync();
  instance.closeSync();
  return seconds;
}

/** Seconds for curl to post the same number of requests and bytes to a server that reads and forgets them; undefined without curl. */
export async function barePost(folder, { requests, bytes }) {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.end("{}"));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const body = join(folder, "floor.body");
  await writeFile(body, Buffer.alloc(Math.max(1, Math.round(bytes / requests)), "x"));
  const url = `http://127.0.0.1:${server.address().port}/`;
  const started = Date.now();
  try {
    const uploads = Array.from({ length: requests }, () => ["-s", "-o", "/dev/null", "-T", body, url]);
    await run(
      "curl",
      uploads.flatMap((upload, index) => (index === 0 ? upload : ["--next", ...upload])),
    );
    return (Date.now() - started) / 1000;
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  } finally {
    server.close();
  }
}
