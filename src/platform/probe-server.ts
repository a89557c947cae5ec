import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure } from "../model/failure.js";
import { isOnLoopback, explainForeignRequest } from "./own-machine.js";

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

/** Answers GET on fixed paths, each made again for each request; nothing is read from a request but its path. */
export async function startProbes(
  listen: { readonly host: string; readonly port: number },
  probes: Readonly<Record<string, () => Probe>>,
): Promise<ProbeServer> {
  let isLocal = true;
  const server = createServer((request, response) => {
    const refusal = isLocal ? explainForeignRequest(request.headers) : undefined;
    const { status, type, body } = refusal === undefined ? answer(request, probes) : textProbe(403, refusal);
    response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(listen, error)));
    server.listen(listen.port, listen.host, resolve);
  });
  const { address, port, family } = server.address() as AddressInfo;
  // Under which names other machines reach it, nobody here knows.
  isLocal = isOnLoopback(address);
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer({ method, url = "" }: IncomingMessage, probes: Readonly<Record<string, () => Probe>>): Probe {
  if (method !== "GET" && method !== "HEAD") return textProbe(405, "Only GET is answered.\n");
  const [path = ""] = url.split("?");
  const probe = Object.hasOwn(probes, path) ? probes[path] : undefined;
  return probe?.() ?? textProbe(404, `There are ${Object.keys(probes).join(", ")}.\n`);
}

export function textProbe(status: number, body: string): Probe {
  return { status, type: "text/plain; charset=utf-8", body };
}

function cannotListen({ host, port }: { host: string; port: number }, error: NodeJS.ErrnoException): Failure {
  return new Failure("invalid", `Cannot listen on ${host}:${port} (${error.code ?? "error"}).`, {
    hint: "Name another address with --listen HOST:PORT; port 0 takes any free one.",
    cause: error,
  });
}
