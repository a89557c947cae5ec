import { startCuttingProxy } from "../support/cutting-proxy.js";
import type { StateBackend } from "../../src/plugin/state-backend.js";
import { count, type MakeHarness } from "./state-backend.js";

/** A server, and how a client of one fresh store in it is made. */
export interface RemoteServer {
  readonly port: number;
  readonly isWrite: (sent: Buffer) => boolean;
  readonly clockMs: number;
  /** `store` is a name that nobody had before; `port` is the server's, or that of something in between. */
  open(store: string, port: number): Promise<StateBackend>;
}

let stores = 0;

/** A store of its own for each case; A reaches it through a proxy that loses answers. */
export function remoteHarness(server: () => RemoteServer): MakeHarness {
  return async () => {
    const { port, isWrite, clockMs, open } = server();
    const proxy = await startCuttingProxy(port, isWrite);
    const store = `store${process.pid}x${++stores}`;
    const client = (): Promise<StateBackend> => open(store, port);
    return {
      a: await open(store, proxy.port),
      b: await client(),
      client,
      clockMs,
      loseNextAnswer: () => proxy.cutNextAnswer(),
      race: async (workers, rounds) => {
        const clients = await Promise.all(Array.from({ length: workers }, client));
        await Promise.all(clients.map((each) => count(each, rounds)));
      },
      close: () => proxy.close(),
    };
  };
}
