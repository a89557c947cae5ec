// A process of its own for the tests of the local state backend; it uses the build.
import { LocalBackend } from "../../dist/backends/local/local-backend.js";

const [task, folder, argument] = process.argv.slice(2);
const backend = new LocalBackend(folder);
const signal = new AbortController().signal;

const tasks = {
  /** Adds one to the number in the root, so many times. */
  async count(rounds) {
    for (let done = 0; done < Number(rounds);) {
      const { bytes, version } = await backend.readRoot(signal);
      const next = Buffer.from(String(Number(Buffer.from(bytes).toString()) + 1));
      try {
        await backend.writeRoot(next, version, signal);
        done += 1;
      } catch (error) {
        if (error.kind !== "conflict") throw error;
      }
    }
  },

  /** Writes roots (a number and ten thousand times the same letter) until it is killed; says each that was confirmed. */
  async roots() {
    for (;;) {
      const root = await backend.readRoot(signal);
      const number = root === undefined ? 1 : Number(Buffer.from(root.bytes).toString().split(" ")[0]) + 1;
      const letter = String.fromCharCode(97 + (number % 26));
      await backend.writeRoot(Buffer.from(`${number} ${letter.repeat(1e6)}`), root?.version, signal);
      process.stdout.write(`${number}\n`);
    }
  },

  /** Writes blobs of 4 MB of one letter until it is killed; says each that was confirmed. */
  async blobs() {
    for (let number = 1; ; number++) {
      const name = `ledger/${process.pid}-${number}`;
      await backend.putBlob(
        name,
        { bytes: Buffer.alloc(4e6, String.fromCharCode(97 + (number % 26))) },
        signal,
      );
      process.stdout.write(`${name}\n`);
    }
  },

  /** Holds a lease until it is killed. */
  async lease(name) {
    await backend.acquireLease(
      name,
      {
        operation: "apply",
        who: "child@host",
        pid: process.pid,
        subject: { account: "brevo:42", label: "Acme", connections: ["main"] },
      },
      3_600_000,
      signal,
    );
    process.stdout.write("held\n");
    setInterval(() => undefined, 1000);
  },

  /** Prints how a root write and a read end, as another user. */
  async write() {
    const told = [];
    for (const work of [
      () => backend.readRoot(signal),
      () => backend.writeRoot(Buffer.from("x"), undefined, signal),
      () => backend.putBlob("x/y", { bytes: Buffer.alloc(8e6, "x") }, signal),
    ]) {
      try {
        await work();
        told.push("ok");
      } catch (error) {
        told.push(`${error.name} ${error.kind}: ${error.message}`);
      }
    }
    process.stdout.write(JSON.stringify(told));
  },
};

await tasks[task](argument);
