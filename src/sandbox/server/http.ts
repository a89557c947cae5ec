import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Failure } from "../../model/failure.js";
import { explainForeignRequest } from "../../platform/own-machine.js";
import type { Answer } from "./answer.js";
import { type Reply, text } from "./reply.js";
import type { Incoming } from "./request.js";

/** Long addresses have to reach the vendor's own refusal. */
const MAX_HEADER_BYTES = 256 * 1024;

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

/** Reads so many bytes of the body and breaks the connection. */
export async function cut(request: IncomingMessage, bytes: number): Promise<void> {
  let seen = 0;
  for await (const chunk of request) {
    seen += (chunk as Buffer).length;
    if (seen >= bytes) break;
  }
  request.destroy();
}

/** Percent-encoded path without query and prefix. */
export function pathOf(request: IncomingMessage, prefix: string): string {
  return (request.url ?? "/").replace(/\?.*$/s, "").slice(prefix.length);
}

export function incoming(request: IncomingMessage, prefix: string, body: Buffer): Incoming {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: pathOf(request, prefix),
    query: new URLSearchParams(mark === -1 ? "" : url.slice(mark + 1)),
    headers: request.headers,
    body,
  };
}

export async function send(response: ServerResponse, answer: Answer): Promise<void> {
  const { reply, slowMs, truncateAt } = answer;
  if (slowMs > 0) await sleep(slowMs);
  if (reply === "drop") {
    response.destroy();
    return;
  }
  if (truncateAt === undefined) return sendReply(response, reply);
  const body = Buffer.from(reply.body ?? "");
  response.writeHead(reply.status, headersOf(reply, body.length));
  response.write(body.subarray(0, truncateAt), () => response.destroy());
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  const body = reply.body === undefined ? undefined : Buffer.from(reply.body);
  response.writeHead(reply.status, headersOf(reply, body?.length ?? 0));
  response.end(body);
}

function headersOf(reply: Reply, bytes: number): Record<string, string> {
  return {
    ...reply.headers,
    ...(reply.type === undefined ? {} : { "content-type": reply.type }),
    ...(reply.status === 204 ? {} : { "content-length": String(bytes) }),
  };
}

/** A server on loopback and its address; a page on the web that leads a browser here gets no answer. */
export async function listen(
  port: number,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ server: Server; url: string }> {
  const server = createServer(
    { maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: 30_000 },
    (request, response) => {
      const refusal = explainForeignRequest(request.headers);
      if (refusal !== undefined) {
        sendReply(response, text(403, refusal));
        return;
      }
      handle(request, response).catch((error: unknown) => {
        if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
        response.end(error instanceof Error ? (error.stack ?? error.message) : "error");
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const message = taken ? `port ${port} is taken` : `cannot listen on port ${port}`;
      reject(new Failure("conflict", message, { hint: "Choose another port, or 0 for any.", cause: error }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
