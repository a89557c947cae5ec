import { createServer } from "node:http";
import { createHash } from "node:crypto";
import { afterEach, expect, test } from "vitest";
import { s3 } from "../../../src/backends/s3/index.js";
import { Secret } from "../../../src/platform/secrets/secret.js";

const signal = new AbortController().signal;
let close = (): void => undefined;
afterEach(() => close());

/** Like the S3 fakes that keep no conditions, or only some of them. */
async function careless(keeps: readonly string[]): Promise<string> {
  const objects = new Map<string, { body: Buffer; etag: string }>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const key = request.url ?? "";
      const found = objects.get(key);
      const [none, match] = [request.headers["if-none-match"], request.headers["if-match"]];
      const unmet =
        (keeps.includes("if-none-match") && none === "*" && found !== undefined) ||
        (keeps.includes("if-match") && match !== undefined && match !== found?.etag);
      if (request.method === "PUT" && !unmet) {
        const body = Buffer.concat(chunks);
        objects.set(key, { body, etag: createHash("md5").update(body).digest("hex") });
        response.setHeader("etag", `"${objects.get(key)?.etag}"`).end();
      } else if (request.method === "GET" && found !== undefined)
        response.setHeader("etag", `"${found.etag}"`).end(found.body);
      else {
        const [status, code] = unmet ? [412, "PreconditionFailed"] : [404, "NoSuchKey"];
        response.writeHead(status).end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => void server.close();
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

test.each([
  ["no condition", [], false],
  ["only If-None-Match", ["if-none-match"], false],
  ["only If-Match", ["if-match"], false],
  ["both", ["if-none-match", "if-match"], true],
])("a service that keeps %s", async (_, keeps, fit) => {
  const backend = await s3.open(
    {
      bucket: "state",
      prefix: "p",
      region: undefined,
      endpoint: await careless(keeps),
      forcePathStyle: true,
    },
    { accessKeyId: new Secret("id"), secretAccessKey: new Secret("key") },
  );
  const writing = backend.writeRoot(Buffer.from("root"), undefined, signal);
  if (fit) await expect(writing).resolves.toMatchObject({ version: expect.any(String) as string });
  else
    await expect(writing).rejects.toMatchObject({
      kind: "permanent",
      message: "S3 bucket state (p) ignores conditions on writes (If-None-Match, If-Match)",
    });
});
