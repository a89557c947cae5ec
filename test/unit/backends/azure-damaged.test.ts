import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { afterEach, expect, test } from "vitest";
import { azureBlob } from "../../../src/backends/azure-blob/index.js";
import { Secret } from "../../../src/platform/secrets/secret.js";

const signal = new AbortController().signal;
let close = (): void => undefined;
afterEach(() => close());

/** Keeps one object; the first body that it takes is damaged on its way. */
async function damaging(stored: { body?: Buffer }): Promise<string> {
  let damaged = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.setHeader("date", new Date().toUTCString());
      const etag = `"${stored.body?.toString("hex")}"`;
      if (request.method === "DELETE") {
        const met = request.headers["if-match"] === etag;
        if (met) delete stored.body;
        return void response.writeHead(met ? 202 : 412).end();
      }
      if (request.url?.includes("comp=metadata") === true) return void response.setHeader("etag", etag).end();
      if (stored.body !== undefined)
        return void response.writeHead(409, { "x-ms-error-code": "BlobAlreadyExists" }).end();
      stored.body = damaged ? Buffer.concat(chunks) : Buffer.from("damaged");
      damaged = true;
      response.setHeader("content-md5", createHash("md5").update(stored.body).digest("base64"));
      response.writeHead(201, { etag: `"${stored.body.toString("hex")}"` }).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  close = () => {
    server.close();
    server.closeAllConnections();
  };
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/acme`;
}

test("a blob that arrived damaged is deleted and sent again, not mistaken for a whole one", async () => {
  const stored: { body?: Buffer } = {};
  const backend = await azureBlob.open(
    { container: "c", prefix: "p", account: await damaging(stored) },
    { accountKey: new Secret(Buffer.alloc(32).toString("base64")) },
  );
  await backend.putBlob("ledger/x", { bytes: Buffer.from("whole") }, signal);
  expect(stored.body?.toString()).toBe("whole");
});
