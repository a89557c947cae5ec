import { connect, createServer, type Socket } from "node:net";

/** Stands before a server and loses answers. */
export interface CuttingProxy {
  readonly port: number;
  /** The next write arrives; its answer does not, and the connection ends. */
  cutNextAnswer(): void;
  /** How many answers were cut. */
  readonly cuts: number;
  /** Requests by their first word, since the start. */
  readonly requests: number;
  close(): Promise<void>;
}

/** `isWrite` tells from what a client sends at once whether it begins a write. */
export async function startCuttingProxy(
  target: number,
  isWrite: (sent: Buffer) => boolean,
): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let armed = false;
  let cuts = 0;
  let requests = 0;
  const server = createServer((client) => {
    const upstream = connect(target, "127.0.0.1");
    let cutting = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (sent) => {
      requests += 1;
      if (armed && isWrite(sent)) {
        armed = false;
        cutting = true;
      }
      upstream.write(sent);
    });
    upstream.on("data", (answer) => {
      if (!cutting || answer.subarray(0, 12).toString() === "HTTP/1.1 100") client.write(answer);
      else {
        cuts += 1;
        client.destroy();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    cutNextAnswer: () => (armed = true),
    get cuts() {
      return cuts;
    },
    get requests() {
      return requests;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const isHttpWrite = (sent: Buffer): boolean => sent.subarray(0, 4).toString() === "PUT ";
/** A statement that changes something, in the protocol of PostgreSQL. */
export const isSqlWrite = (sent: Buffer): boolean =>
  /insert into|update |delete from/.test(sent.toString("latin1"));
