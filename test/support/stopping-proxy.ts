import { connect, createServer, type Socket } from "node:net";

/** Stands before a server, and ends or stops its answers. */
export interface StoppingProxy {
  readonly port: number;
  /** How many there were. */
  readonly connections: number;
  /** Connections made from now on end once the server has answered so many bytes. */
  endAfter(bytes: number): void;
  /** Does something as soon as a connection made from now on was answered so many bytes. */
  when(bytes: number, act: () => void): void;
  /** Nothing more is answered to anybody. */
  fallSilent(): void;
  close(): Promise<void>;
}

export async function startStoppingProxy(target: number): Promise<StoppingProxy> {
  const sockets = new Set<Socket>();
  let most = Infinity;
  let act: (() => void) | undefined;
  let silent = false;
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(target, "127.0.0.1");
    let left = most;
    const atEnd = act ?? ((): unknown => client.destroy());
    const goesOn = act !== undefined;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (sent) => upstream.write(sent));
    upstream.on("data", (answer) => {
      if (silent) return;
      const before = left;
      left -= answer.length;
      client.write(goesOn ? answer : answer.subarray(0, Math.max(0, before)), () => {
        if (before > 0 && left <= 0) atEnd();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    get connections() {
      return connections;
    },
    endAfter: (bytes) => {
      most = bytes;
      act = undefined;
    },
    when: (bytes, then) => {
      most = bytes;
      act = then;
    },
    fallSilent: () => (silent = true),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
