import { execFile, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { newStateKey } from "../../src/state/storage/state-key.js";
import { FULL } from "../support/full.js";
import { Series } from "../support/series.js";
import { BREVO_KEY, csvOf, openProject, SENDGRID_KEY, type Project, type Yaml } from "../support/project.js";
import { remoteOf } from "../support/remote.js";
import { live, type Death, type Life } from "./mortal.js";
import { Seeded } from "./seeded.js";

const run = promisify(execFile);
const KILLS = Number(process.env["ROLLCALL_TEST_KILLS"] ?? (FULL ? 25 : 1));
const APPLY = ["apply", "--auto-approve"];
const LOCKED = 7;
const PARTLY = 8;
/** What nobody can know at once takes another run, or one more. */
const ENOUGH = 3;
type Vendor = "brevo" | "sendgrid";
/** Where a run has sent people and does not know yet what became of them. */
const IN_THE_MIDDLE = {
  brevo: "sent POST /brevo/v3/contacts/import",
  sendgrid: "sent PUT /sendgrid/v3/marketing/contacts",
};

/** A state that machines share: the section of the config, and the secrets that it refers to. */
export interface SharedState {
  readonly state: Yaml;
  readonly env: Readonly<Record<string, string>>;
}

/** A machine begins and vanishes; another one, which has only the repository and the store, finishes. */
export function finishesElsewhere(title: string, open: (name: string) => SharedState): void {
  const series = new Series(`vanished with its machine, ${title}`);
  it(
    `${title}: a run that vanished with its machine is finished on another (${KILLS} kills, seed ${series.first})`,
    { timeout: 60_000 + KILLS * 60_000 },
    async () => {
      const points: string[] = [];
      await series.tellWhile(
        () => points.length < KILLS,
        async (seed) => {
          const number = points.length;
          points.push(await tell(new Seeded(seed), number, open(`vanished${process.pid}x${number}`)));
        },
      );
      process.stdout.write(`${title}: finished on another machine after ${points.join(", ")}\n`);
    },
  );
}

async function tell(random: Seeded, number: number, shared: SharedState): Promise<string> {
  const type = number === 0 ? "brevo" : random.pick<Vendor>(["brevo", "sendgrid"]);
  const project = await openProject({ sandbox: { delays: { jobMs: 20, visibleMs: 0, fieldMs: 0 } } });
  const parent = await mkdtemp(join(tmpdir(), "rollcall-vanished-"));
  try {
    const remote = remoteOf(project, type);
    const list = await remote.addList("customers");
    await remote.addStranger("stranger@example.com", [list], "Stranger");
    const repository = await Repository.open(parent, shared, configOf(project, type, list, shared));
    await repository.commit(people(0, 40));
    const first = await repository.machine("machine-first");
    const before = await first.live(APPLY);
    expect(before.code, before.output).toBe(0);

    // Ten leave, ten change their name, twenty join.
    await repository.commit(new Map([...people(10, 60), ...people(10, 20, "Bea")]));
    const moment = number === 0 ? IN_THE_MIDDLE[type] : random.between(1, before.moments.length);
    const began = project.exchanges.length;
    const a = await (await repository.machine("machine-a")).live(APPLY, { moment });
    expect(a.killed || number > 0, a.output).toBe(true);
    const b = await repository.machine("machine-b");
    const finished = await b.untilDone(APPLY);
    expect(finished.code, finished.output).toBe(0);

    await project.sandbox.settle();
    const members = await remote.members(list);
    expect(Object.fromEntries([...members].map(([email, each]) => [email, each[remote.firstName]]))).toEqual({
      "stranger@example.com": "Stranger",
      ...Object.fromEntries([...people(10, 60), ...people(10, 20, "Bea")]),
    });
    const writes = project.exchanges.slice(began).filter(({ method }) => method !== "GET");
    for (const email of people(40, 60).keys())
      expect(
        writes.filter(({ requestBody }) => names(requestBody, email)),
        email,
      ).toHaveLength(1);
    const plan = await b.live(["plan", "--detailed-exitcode"]);
    expect(plan.code, plan.output).toBe(0);
    expect(await b.files()).toEqual(["exports.config.yaml", "moments.log", "profiles.csv", "tmp"]);
    return a.killed ? a.point : "nothing (it had ended)";
  } finally {
    await project.stop();
    await rm(parent, { recursive: true, force: true });
  }
}

function names(body: unknown, email: string): boolean {
  return JSON.stringify(body)?.includes(`"${email}"`) ?? false;
}

function people(from: number, to: number, name = "Ann"): Map<string, string> {
  return new Map(Array.from({ length: to - from }, (_, index) => [`p${from + index}@example.com`, name]));
}

function configOf(project: Project, type: Vendor, list: string, { state }: SharedState): Yaml {
  const { [type]: connection } = project.connections();
  return {
    version: 1,
    state: { ...state, encryption: { key: { env: "ROLLCALL_STATE_KEY" } }, lockTtl: "4s" },
    connections: { [type]: { ...connection, apiKey: { env: "ROLLCALL_TEST_KEY" } } },
    sources: { crm: { type: "files", path: "profiles.csv" } },
    segments: { all: { source: "crm" } },
    exports: {
      weekly: {
        connection: type,
        list: type === "brevo" ? Number(list) : list,
        segments: ["all"],
        match: { email: "email" },
        attributes: { firstName: "first_name" },
        safeguards: { maxRemovals: { share: "100%" } },
      },
    },
  };
}

/** What a team has: a repository, and secrets in its CI system. */
class Repository {
  readonly #parent: string;
  readonly #secrets: Readonly<Record<string, string>>;

  private constructor(parent: string, secrets: Readonly<Record<string, string>>) {
    this.#parent = parent;
    this.#secrets = secrets;
  }

  static async open(parent: string, { env }: SharedState, config: Yaml): Promise<Repository> {
    const key = JSON.stringify(config).includes('"sendgrid"') ? SENDGRID_KEY : BREVO_KEY;
    const secrets = { ...env, ROLLCALL_STATE_KEY: newStateKey(), ROLLCALL_TEST_KEY: key };
    const repository = new Repository(parent, secrets);
    await mkdir(join(parent, "author"));
    await run("git", ["init", "-q", "--bare", "-b", "main", join(parent, "origin.git")]);
    await repository.#git("init", "-q", "-b", "main");
    await repository.#git("remote", "add", "origin", join(parent, "origin.git"));
    await writeFile(join(parent, "author", "exports.config.yaml"), JSON.stringify(config, undefined, 2));
    return repository;
  }

  async commit(rows: ReadonlyMap<string, string>): Promise<void> {
    const text = csvOf([...rows].map(([email, first_name]) => ({ email, first_name })));
    await writeFile(join(this.#parent, "author", "profiles.csv"), text);
    await this.#git("add", "-A");
    await this.#git(
      "-c",
      "user.name=author",
      "-c",
      "user.email=author@example.com",
      "commit",
      "-qm",
      "people",
    );
    await this.#git("push", "-q", "origin", "main");
  }

  /** A fresh clone on a host of that name. */
  async machine(name: string): Promise<Machine> {
    const folder = join(this.#parent, name);
    await run("git", ["clone", "-q", join(this.#parent, "origin.git"), folder]);
    return new Machine(folder, name, this.#secrets);
  }

  async #git(...words: readonly string[]): Promise<void> {
    await run("git", words, { cwd: join(this.#parent, "author") });
  }
}

class Machine {
  readonly #folder: string;
  readonly #host: readonly string[];
  readonly #secrets: Readonly<Record<string, string>>;

  constructor(folder: string, name: string, secrets: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#host = [...HOST, name];
    this.#secrets = secrets;
  }

  live(words: readonly string[], death?: Death): Promise<Life> {
    const within = this.#host.length === 1 ? [] : this.#host;
    return live(this.#folder, words, death, 0, { env: this.#secrets, within });
  }

  /** Nobody can know that a machine which vanished is dead before its lock has run out. */
  async untilDone(words: readonly string[]): Promise<Life> {
    const until = Date.now() + 60_000;
    for (let again = 0; ;) {
      const life = await this.live(words);
      if (life.code === LOCKED) expect(life.output).toMatch(/locked\s+by\s.*machine-a/);
      else if (life.code !== PARTLY || ++again === ENOUGH) return life;
      if (Date.now() > until) return life;
    }
  }

  async files(): Promise<string[]> {
    return (await readdir(this.#folder)).filter((name) => name !== ".git").sort();
  }
}

/** Words that give a command a host name of its own, where that is allowed; otherwise it is seen that the process is dead. */
const HOST = ((): readonly string[] => {
  const root = process.getuid?.() === 0;
  const words = ["unshare", root ? "-u" : "-Uru", "sh", "-c", 'hostname "$0" && exec "$@"'];
  return spawnSync(words[0] ?? "", [...words.slice(1), "machine", "true"]).status === 0 ? words : [];
})();
