import { createServer, type Server, type Socket } from "node:net";
import { inspect } from "node:util";
import { afterEach, describe, expect, test } from "vitest";
import { Failure } from "../../src/model/failure.js";
import { LeaseHeld, type StateBackend } from "../../src/plugin/state-backend.js";
import { letTimePass, resetClock } from "../support/clock.js";
import { startCuttingProxy } from "../support/cutting-proxy.js";
import { freePort } from "../support/started.js";
import type { RemoteServer } from "./remote-harness.js";

/** A server, and how things can be wrong with it. */
export interface FaultyServer extends RemoteServer {
  /** With a key or password that is not the right one, which is among `secrets`. */
  openWithWrongSecret(store: string): Promise<StateBackend>;
  /** A container, bucket or database that is not there. */
  openMissing(store: string): Promise<StateBackend>;
  /** What no message may hold. */
  readonly secrets: readonly string[];
  /** What the hint of a missing place says to do. */
  readonly howToMake: string;
}

const signal = new AbortController().signal;
const subject = { account: "brevo:42", label: "Acme", connections: ["main"] };
const info = { operation: "apply", who: "anna@host", pid: 4711, subject };
const root = Buffer.from("root");
let stores = 0;

/** What a store on the network has to do when the network, the credential or a clock is wrong. */
export function describeRemoteFaults(name: string, server: () => FaultyServer): void {
  describe(`faults of ${name}`, () => {
    const store = (): string => `faulty${process.pid}x${++stores}`;
    afterEach(resetClock);

    test("a wrong secret is an error of authentication that says nothing of it", async () => {
      const { openWithWrongSecret, secrets } = server();
      const backend = await openWithWrongSecret(store());
      for (const failure of await failures(backend)) {
        expect(failure.kind, failure.message).toBe("auth");
        mustNotTell(failure, secrets);
      }
    });

    test("a place that is not there is an error that says how to make it", async () => {
      const { openMissing, secrets, howToMake } = server();
      const backend = await openMissing(store());
      for (const failure of await failures(backend)) {
        expect(failure.kind, failure.message).toBe("not-found");
        expect(failure.hint).toContain(howToMake);
        mustNotTell(failure, secrets);
      }
    });

    test("a server that is not there is asked again, and then told of", async () => {
      const { open, secrets } = server();
      const backend = await open(store(), await freePort());
      for (const failure of await failures(backend)) {
        expect(failure.kind, failure.message).toBe("transient");
        expect(failure.message).toContain("cannot be reached (ECONNREFUSED)");
        mustNotTell(failure, secrets);
      }
    });

    test("a read whose answer is lost is asked again", async () => {
      const { open, port } = server();
      const proxy = await startCuttingProxy(port, () => true);
      try {
        const backend = await open(store(), proxy.port);
        await backend.writeRoot(root, undefined, signal);
        proxy.cutNextAnswer();
        expect((await backend.readRoot(signal))?.bytes).toHaveLength(root.length);
        await backend.putBlob("x/y", { bytes: root }, signal);
        proxy.cutNextAnswer();
        expect(await backend.readBlob("x/y", signal)).toHaveLength(root.length);
        expect(proxy.cuts).toBe(2);
      } finally {
        await proxy.close();
      }
    });

    test("an abort does not wait for a server that says nothing", async () => {
      const silent = await silentServer();
      try {
        const backend = await server().open(store(), silent.port);
        for (const work of operations(backend)) {
          const controller = new AbortController();
          const began = performance.now();
          const pending = work(controller.signal);
          setTimeout(() => controller.abort(new Error("stop")), 30);
          await expect(pending).rejects.toThrow("stop");
          expect(performance.now() - began).toBeLessThan(2000);
        }
      } finally {
        silent.close();
      }
    });

    test("a client whose clock is an hour ahead takes no lease that is held", async () => {
      const { open, port } = server();
      const place = store();
      const holder = await open(place, port);
      const lease = await holder.acquireLease("account-1", info, 60_000, signal);
      letTimePass(3600);
      const ahead = await open(place, port);
      await expect(ahead.acquireLease("account-1", info, 60_000, signal)).rejects.toBeInstanceOf(LeaseHeld);
      expect((await ahead.leases(signal)).map(({ id, state }) => [id, state])).toEqual([[lease.id, "live"]]);
      await lease.release();

      const theirs = await ahead.acquireLease("account-1", info, 60_000, signal);
      resetClock();
      const [seen] = await holder.leases(signal);
      expect(seen).toMatchObject({ id: theirs.id, state: "live" });
      expect(Math.abs(Date.parse(seen?.acquiredAt ?? "") - Date.now())).toBeLessThan(60_000);
      await expect(holder.acquireLease("account-1", info, 60_000, signal)).rejects.toBeInstanceOf(LeaseHeld);
    });

    test("a client whose clock is wrong knows by its own clock until when the last holder may be at it", async () => {
      const { open, port, clockMs } = server();
      const place = store();
      const holder = await open(place, port);
      const lease = await holder.acquireLease("account-1", info, 60_000, signal);
      await holder.breakLease("account-1", lease.id, signal);
      letTimePass(3600);
      const next = await (await open(place, port)).acquireLease("account-1", info, 60_000, signal);
      const left = (next.lapsed?.untilHere ?? 0) - Date.now();
      expect(left).toBeGreaterThan(50_000 - clockMs);
      expect(left).toBeLessThan(60_000 + 2 * clockMs + 1);
    });
  });
}

type Operation = (signal: AbortSignal) => Promise<unknown>;

function operations(backend: StateBackend): Operation[] {
  return [
    (stop) => backend.readRoot(stop),
    (stop) => backend.writeRoot(root, undefined, stop),
    (stop) => backend.putBlob("x/y", { bytes: root }, stop),
    (stop) => backend.readBlob("x/y", stop),
    async (stop) => {
      for await (const _ of backend.listBlobs("", stop));
    },
    (stop) => backend.deleteBlob("x/y", stop),
    (stop) => backend.acquireLease("account-1", info, 60_000, stop),
    (stop) => backend.leases(stop),
  ];
}

async function failures(backend: StateBackend): Promise<Failure[]> {
  const results = await Promise.allSettled(operations(backend).map((work) => work(signal)));
  return results.map((result) => {
    expect(result).toMatchObject({ status: "rejected", reason: expect.any(Failure) as Failure });
    return (result as PromiseRejectedResult).reason as Failure;
  });
}

/** Neither in its words nor anywhere inside. */
function mustNotTell(failure: Failure, secrets: readonly string[]): void {
  const told = inspect(failure, { depth: Infinity, showHidden: true, maxStringLength: Infinity });
  for (const secret of secrets)
    for (const form of [secret, encodeURIComponent(secret)]) expect(told).not.toContain(form);
}

/** Takes connections and never answers. */
async function silentServer(): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
