import { chmod, cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox, type Exchange, type Sandbox } from "../../src/sandbox/index.js";
import { clockAt } from "./clock.js";
import { rollcall, type Ended } from "./rollcall.js";

/** What an older program left, and what it said of that; see the README there. */
export const STORED = fileURLToPath(new URL("../fixtures/state-of-every-kind/", import.meta.url));

/** A moment after the last command of the stored story, while its plans are young. */
const NOW = "2026-11-07T10:00:00.000Z";

const behind = Date.now() - Date.parse(NOW);

/** A copy of the stored project, state and accounts, at a time of the stored story. */
export class StoredProject {
  readonly folder: string;
  readonly sandbox: Sandbox;
  readonly exchanges: readonly Exchange[];
  readonly #home: string;

  static async open(): Promise<StoredProject> {
    const home = await mkdtemp(join(tmpdir(), "rollcall-stored-"));
    const folder = join(home, "project");
    await cp(join(STORED, "project"), folder, { recursive: true });
    await cp(join(STORED, "state"), join(folder, ".rollcall"), { recursive: true });
    await cp(join(STORED, "sandbox"), join(home, "sandbox"), { recursive: true });
    for (const name of await readdir(folder))
      if (/\.(?:key|secret)$/.test(name)) await chmod(join(folder, name), 0o600);
    const exchanges: Exchange[] = [];
    const sandbox = await startSandbox({
      accounts: [
        { vendor: "brevo", key: "canary-xkeysib-4711", refuses: ["refused@example.com"] },
        { vendor: "sendgrid", key: "SG.canary-4711" },
      ],
      limits: "none",
      delays: "none",
      stateFolder: join(home, "sandbox"),
      clock: () => Date.now() - behind,
      onExchange: (exchange) => exchanges.push(exchange),
    });
    const config = join(folder, "exports.config.yaml");
    const { port } = new URL(sandbox.url);
    await writeFile(
      config,
      (await readFile(config, "utf8")).replaceAll("127.0.0.1:PORT", `127.0.0.1:${port}`),
    );
    return new StoredProject(home, folder, sandbox, exchanges);
  }

  private constructor(home: string, folder: string, sandbox: Sandbox, exchanges: readonly Exchange[]) {
    this.#home = home;
    this.folder = folder;
    this.sandbox = sandbox;
    this.exchanges = exchanges;
  }

  rollcall(...words: readonly string[]): Promise<Ended> {
    return rollcall(words, { cwd: this.folder, env: clockAt(NOW), clockRunsOn: true });
  }

  /** What people change in a file of the project. */
  async edit(path: string, change: (text: string) => string): Promise<void> {
    const absolute = join(this.folder, path);
    await writeFile(absolute, change(await readFile(absolute, "utf8")));
  }

  /** Turns one bit in the middle of a file. */
  async damage(path: string): Promise<void> {
    const absolute = join(this.folder, path);
    const bytes = await readFile(absolute);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(absolute, bytes);
  }

  /** Who is on a list at Brevo, by the names before the `@`. */
  brevo(list: string): string[] {
    const account = this.sandbox.brevo();
    return namesOf(account.listIds(list).flatMap((id) => account.members(id).map(({ email }) => email)));
  }

  /** Who is on a list at SendGrid, by the names before the `@`. */
  sendgrid(list: string): string[] {
    const account = this.sandbox.sendgrid();
    const members = account.listIds(list).flatMap((id) => account.members(id));
    return namesOf(members.map((member) => String(member["email"])));
  }

  /** How many requests may have changed something at an account. */
  get writes(): number {
    return this.exchanges.filter(({ method, path }) => method !== "GET" && !/exports?$|search/.test(path))
      .length;
  }

  async stop(): Promise<void> {
    await this.sandbox.stop();
    await rm(this.#home, { recursive: true, force: true });
  }
}

function namesOf(addresses: readonly string[]): string[] {
  return addresses.map((address) => address.split("@")[0] ?? "").sort();
}
