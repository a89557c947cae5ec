import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** JSON, bytes, or undefined for 404. */
export type Answer = object | Uint8Array | undefined;

export interface ForgeServer {
  readonly url: string;
  /** `METHOD /path` of everything that was asked, in order. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** A forge's REST API on loopback. Requests without the token are refused. */
export async function startForge(
  allowed: (headers: IncomingHttpHeaders) => boolean,
  answer: (asked: Asked) => Answer,
): Promise<ForgeServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname, searchParams } = new URL(request.url ?? "", "http://forge");
      const method = request.method ?? "";
      const text = Buffer.concat(chunks).toString("utf8");
      asked.push(`${method} ${pathname}`);
      if (!allowed(request.headers)) return void response.writeHead(401).end("{}");
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      const found = answer({ method, path: pathname, query: searchParams, headers: request.headers, body });
      if (found === undefined) return void response.writeHead(404).end("{}");
      if (found instanceof Uint8Array) return void response.writeHead(200).end(found);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(found));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
