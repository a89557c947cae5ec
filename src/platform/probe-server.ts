import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure } from "../model/failure.js";

/** What a path answers with. */
export interface Probe {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface ProbeServer {
  /** `http://127.0.0.1:9464`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Answers GET on fixed paths, each made anew for each request; nothing is read from a request but its path. */
export async function startProbes(
  listen: { readonly host: string; readonly port: number },
  probes: Readonly<Record<string, () => Probe>>,
): Promise<ProbeServer> {
  const server = createServer((request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    const reads = request.method === "GET" || request.method === "HEAD";
    const probe = Object.hasOwn(probes, path) ? probes[path] : undefined;
    const { status, type, body } = !reads
      ? text(405, "Only GET is answered.\n")
      : (probe?.() ?? text(404, `There are ${Object.keys(probes).join(", ")}.\n`));
    response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(listen, error)));
    server.listen(listen.port, listen.host, resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function text(status: number, body: string): Probe {
  return { status, type: "text/plain; charset=utf-8", body };
}

function cannotListen({ host, port }: { host: string; port: number }, error: NodeJS.ErrnoException): Failure {
  return new Failure("invalid", `Cannot listen on ${host}:${port} (${error.code ?? "error"}).`, {
    hint: "Name another address with --listen HOST:PORT; port 0 takes any free one.",
    cause: error,
  });
}
