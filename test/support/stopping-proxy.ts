import { connect, createServer, type Socket } from "node:net";

/** Stands before a server, and ends or stops its answers. */
export interface StoppingProxy {
  readonly port: number;
  /** Connections made from now on end once the server has answered so many bytes. */
  endAfter(bytes: number): void;
  /** Nothing more is answered to anybody. */
  fallSilent(): void;
  close(): Promise<void>;
}

export async function startStoppingProxy(target: number): Promise<StoppingProxy> {
  const sockets = new Set<Socket>();
  let most = Infinity;
  let silent = false;
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    let left = most;
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
      const part = answer.subarray(0, left);
      left -= part.length;
      client.write(part, () => {
        if (left <= 0) client.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    endAfter: (bytes) => (most = bytes),
    fallSilent: () => (silent = true),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
