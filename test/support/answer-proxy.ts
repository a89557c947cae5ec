import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer on its way to the client. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** One request that was answered. */
export interface Passed {
  readonly method: string;
  readonly path: string;
  /** From the question mark on. */
  readonly query: string;
  readonly sent: string;
}

/** Stands before the sandbox and may change what it answers, files included. */
export interface AnswerProxy {
  readonly url: string;
  readonly passed: Passed[];
  /** Gets each answer with its request; what it gives is what the client is told. */
  change: (request: Passed, answer: Answer) => Answer;
  close(): Promise<void>;
}

export const unchanged = (_request: Passed, answer: Answer): Answer => answer;

export async function startAnswerProxy(target: string): Promise<AnswerProxy> {
  const passed: Passed[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const { method = "GET", url = "/", headers } = request;
      const { host: _host, connection: _connection, "content-length": _length, ...kept } = headers;
      const sent = Buffer.concat(chunks);
      const answered = await fetch(target + url, {
        method,
        headers: kept as Record<string, string>,
        ...(sent.length === 0 ? {} : { body: sent }),
      });
      const text = Buffer.from(await answered.arrayBuffer());
      // Links lead back here, so that files can be changed as well.
      const body = text.includes(target) ? Buffer.from(text.toString().replaceAll(target, proxy.url)) : text;
      const { pathname, search } = new URL(url, target);
      const seen = { method, path: pathname, query: search, sent: sent.toString() };
      passed.push(seen);
      const type = answered.headers.get("content-type") ?? "";
      const told = proxy.change(seen, { status: answered.status, type, body });
      response.writeHead(told.status, { "content-type": told.type });
      response.end(told.status === 204 ? undefined : told.body);
    })().catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const proxy: AnswerProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    change: unchanged,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
