import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it arrived. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What to do with one request: answer it, cut the connection, or never answer. */
export type Step =
  | { status: number; headers?: Record<string, string>; body?: string | Uint8Array }
  | "reset"
  | "silence"
  /** Promises 100 bytes, sends a few and cuts. */
  | "truncate"
  | ((request: Arrived, response: ServerResponse) => void);

export interface FaultServer {
  readonly url: string;
  readonly arrived: Arrived[];
  /** Connections made so far. */
  connections(): number;
  close(): Promise<void>;
}

/** A loopback server that takes one step of the script per request; the last step repeats. */
export async function startFaultServer(script: Step[]): Promise<FaultServer> {
  const arrived: Arrived[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const seen = {
        method: request.method ?? "",
        url: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      const step = script[Math.min(arrived.length, script.length - 1)]!;
      arrived.push(seen);
      if (step === "silence") return;
      if (step === "reset") return void request.socket.destroy();
      if (step === "truncate") {
        response.writeHead(200, { "content-length": "100" });
        response.write("abc");
        setImmediate(() => request.socket.destroy());
        return;
      }
      if (typeof step === "function") return step(seen, response);
      response.writeHead(step.status, { "content-type": "application/json", ...step.headers });
      response.end(step.body ?? "{}");
    });
  });
  server.on("connection", () => connections++);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrived,
    connections: () => connections,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
