import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { FaultEffect } from "../../src/sandbox/index.js";
import { ListModel, type ModelProfile } from "../support/list-model.js";
import { openProject, type Behaviour, type Project, type Yaml } from "../support/project.js";
import { type StoryType, remoteOf, type Member, type Remote } from "../support/remote.js";
import type { Seeded } from "./seeded.js";

/** One export, the list as it is at the destination, and the list as it should be. */
interface Target {
  readonly type: StoryType;
  readonly remote: Remote;
  readonly model: ListModel;
  /** Undefined until it is created. */
  list: string | undefined;
  /** A list of somebody else in the same account. */
  readonly foreign: string;
}

interface Person {
  name: string;
  score: number;
  suppressed: boolean;
  chosen: boolean;
}

export interface WorldOptions {
  readonly types: readonly StoryType[];
  readonly behaviour: Behaviour;
  /** The lists are named in the config and not there yet. */
  readonly createsLists: boolean;
  /** State is encrypted, and its keys are changed. */
  readonly encrypted?: boolean;
  /** Of whom two thirds are there from the start. */
  readonly population: number;
}

const LIST = "customers";
const FORGET = ["forget", "--file", "forget.txt", "--auto-approve"];
const FOREIGN = "foreign@example.com";
const NAMES = ["Ann", "Zoë", "日本", "O'Neil"] as const;

/** A small project with lists, people and strangers, that random things happen to. */
export class World {
  readonly project: Project;
  readonly #targets: readonly Target[];
  readonly #people = new Map<string, Person>();
  readonly #options: WorldOptions;
  #mode: "mirror" | "upsert" = "mirror";
  #attributes = ["firstName", "SCORE"];
  #applied = false;
  /** Files of the keys of state, the current one first. */
  #keys: readonly string[] = [];
  /** Whom a run is to forget that may have been killed. */
  #leaving: string | undefined;

  private constructor(project: Project, targets: readonly Target[], options: WorldOptions) {
    this.project = project;
    this.#targets = targets;
    this.#options = options;
  }

  static async open(random: Seeded, options: WorldOptions): Promise<World> {
    const { types, behaviour, createsLists, population } = options;
    const project = await openProject({
      behaviour,
      sandbox: { delays: { jobMs: 20, visibleMs: 10, fieldMs: 20 } },
    });
    const targets: Target[] = [];
    for (const type of types) {
      const remote = remoteOf(project, type);
      const foreign = await remote.addList("foreign");
      await remote.addStranger(FOREIGN, [foreign], "Foreign");
      const list = createsLists ? undefined : await remote.addList(LIST);
      targets.push({ type, remote, model: new ListModel(), list, foreign });
    }
    const world = new World(project, targets, options);
    await project.write("forget.key", "forget-key-0123456789abcdef0123456789");
    if (options.encrypted === true) await world.changeKey(random);
    for (let number = 0; number < (population * 2) / 3; number++) world.#put(random, number);
    if (!createsLists) {
      await world.#stranger("stranger@example.com");
      // Somebody of ours who is on the list before the first run.
      await world.#stranger("p3@example.com");
    }
    await world.#write();
    return world;
  }

  /** People join, change and leave, now and then someone opts out, and the definition changes. */
  async turn(random: Seeded): Promise<void> {
    const last = this.#options.population - 1;
    if (random.chance(0.1)) this.#everybody(random);
    const most = random.chance(0.5) ? 3 : Math.ceil(last / 3);
    for (let left = random.between(1, most); left > 0; left--) {
      const number = random.between(0, last);
      const person = this.#people.get(`p${number}@example.com`);
      if (person === undefined || random.chance(0.5)) this.#put(random, number);
      else if (random.chance(0.2)) person.suppressed = true;
      else person.chosen = false;
    }
    if (random.chance(0.3)) await this.#optOut(`p${random.between(0, last)}@example.com`);
    if (this.#applied && random.chance(0.2))
      await this.#stranger(`stranger${random.between(1, last)}@example.com`);
    if (random.chance(0.2)) this.#mode = random.pick(["mirror", "mirror", "upsert"]);
    if (random.chance(0.2)) this.#attributes = ["firstName", "SCORE", "LEVEL"];
    await this.#write();
  }

  /** Words that forget one of our people, if there is somebody to forget. */
  async forgetting(random: Seeded): Promise<readonly string[] | undefined> {
    const key = `p${random.between(4, this.#options.population - 1)}@example.com`;
    const known = this.#targets.some(({ model }) => model.members.has(key));
    const opted = this.#targets.some(({ model }) => model.optedOut.has(key));
    if (this.#leaving !== undefined || !known || opted) return undefined;
    this.#leaving = key;
    await this.project.write("forget.txt", `${key}\n`);
    return FORGET;
  }

  /** Words that end what `forgetting` began, if it did. */
  get unfinished(): readonly string[] | undefined {
    return this.#leaving === undefined ? undefined : FORGET;
  }

  /** Tells the model that it is done. */
  forgotten(): void {
    const key = this.#leaving ?? "";
    for (const { model } of this.#targets) model.forget(key);
    this.#leaving = undefined;
  }

  get encrypted(): boolean {
    return this.#options.encrypted === true;
  }

  /** From now on state is encrypted with a new key; what there is can be read with the old ones. */
  async changeKey(random: Seeded): Promise<void> {
    const name = `${this.#keys.length}-${random.between(1, 1e6)}.key`;
    const key = Buffer.from(Array.from({ length: 32 }, () => random.between(0, 255)));
    await this.project.write(name, key.toString("base64"));
    this.#keys = [name, ...this.#keys];
    await this.#write();
  }

  /** Forgets the old keys, which `state rekey` has made needless. */
  async dropOldKeys(): Promise<void> {
    this.#keys = this.#keys.slice(0, 1);
    await this.#write();
  }

  /** Ordinary people change, join and leave while a run that died waits to be resumed; nothing that leaves two ends open. */
  async turnUnfinished(random: Seeded): Promise<void> {
    if (!this.#applied || this.#mode !== "mirror") return;
    for (let left = random.between(1, 6); left > 0; left--) {
      const key = `p${random.between(4, this.#options.population - 1)}@example.com`;
      if (random.chance(0.6)) this.#put(random, Number(/\d+/.exec(key)?.[0]));
      else {
        const person = this.#people.get(key);
        if (person !== undefined) person.chosen = false;
      }
    }
    await this.#write();
  }

  /** A share of all requests fails, each in one of many ways, carried out or not; returns the way back. */
  fail(seed: number, share: number): () => void {
    const html = { kind: "answer", body: "<html>error</html>" } as const;
    const effects: readonly FaultEffect[] = [
      { kind: "drop", carriedOut: true },
      { kind: "drop" },
      { kind: "truncate", bytes: 3 },
      { kind: "slow", ms: 50 },
      { ...html, status: 524, carriedOut: true },
      { ...html, status: 502 },
      { ...html, status: 503, carriedOut: true },
      { ...html, status: 429, headers: { "retry-after": "0" } },
    ];
    const disarm = effects.flatMap((effect, index) =>
      ["GET", "POST", "PUT", "DELETE"].map((method) =>
        this.project.sandbox.inject({ method, rate: share / effects.length, seed: seed + index, effect }),
      ),
    );
    return () => {
      for (const one of disarm) one();
    };
  }

  /** Tells the model that the config of now was applied. */
  applied(): void {
    this.#applied = true;
    const profiles = [...this.#people].map(([key, person]): ModelProfile => ({
      key,
      consent: true,
      updated: 1,
      segments: person.chosen ? [0] : [],
      suppressed: person.suppressed,
      cells: {
        firstName: { value: person.name },
        SCORE: { value: person.score },
        LEVEL: { value: person.score * 2 },
      },
    }));
    const definition = {
      mode: this.#mode,
      needsConsent: false,
      suppresses: true,
      newestFirst: false,
      attributes: Object.fromEntries(this.#attributes.map((name) => [name, "leave" as const])),
    };
    for (const { model } of this.#targets) model.apply(definition, profiles);
  }

  /** What is not as it should be, in words; empty when all is well. */
  async differences(): Promise<string[]> {
    const found: string[] = [];
    for (const target of this.#targets) {
      const { remote, type, model } = target;
      const say = (text: string): void => void found.push(`${type}: ${text}`);
      const lists = await this.#lists(target);
      target.list ??= lists[0];
      if (lists.length !== 1) say(`${lists.length} lists`);
      if (target.list === undefined) continue;
      const members = await remote.members(target.list);
      for (const key of model.members) if (!members.has(key)) say(`${key} is missing`);
      for (const [key, member] of members) {
        const right = model.contacts.get(key) ?? [];
        const shown = JSON.stringify(shownAttributes(type, member));
        if (!model.members.has(key)) say(`${key} is too much`);
        else if (!right.some((one) => JSON.stringify(sorted(one)) === shown))
          say(`${key} has ${shown}, not ${JSON.stringify(right)}`);
      }
      for (const key of model.optedOut) if (!(await remote.optedOut(key))) say(`${key} is subscribed again`);
      const foreign = await remote.members(target.foreign);
      if (JSON.stringify([...foreign.keys()]) !== JSON.stringify([FOREIGN])) say("the foreign list differs");
    }
    return found;
  }

  /** What a run left lying about, or left open to others. */
  async leftovers(): Promise<string[]> {
    const { folder } = this.project;
    const found: string[] = [];
    for (const place of ["tmp", ".rollcall", "lists"]) {
      const entries = await readdir(join(folder, place), { recursive: true, withFileTypes: true }).catch(
        () => [],
      );
      for (const entry of entries) {
        const path = join(entry.parentPath, entry.name);
        const { mode } = await stat(path);
        if ((mode & 0o077) !== 0) found.push(`${path} has mode ${(mode & 0o777).toString(8)}`);
        const temporary = place === "tmp" || path.includes("/.rollcall/tmp/") || entry.name.endsWith(".tmp");
        if (temporary) found.push(`${path} was left`);
      }
    }
    return found;
  }

  async #lists({ type }: Target): Promise<string[]> {
    if (type === "brevo") return this.project.sandbox.brevo().listIds(LIST).map(String);
    if (type === "sendgrid") return this.project.sandbox.sendgrid().listIds(LIST);
    const names = await readdir(join(this.project.folder, "lists"));
    return names.includes(`${LIST}.csv`) ? [LIST] : [];
  }

  #put(random: Seeded, number: number): void {
    const person = {
      name: `${random.pick(NAMES)} ${random.between(1, 99)}`,
      score: random.between(1, 1000),
      suppressed: false,
      chosen: true,
    };
    this.#people.set(`p${number}@example.com`, person);
  }

  /** So many that another route is taken, or several requests are needed. */
  #everybody(random: Seeded): void {
    const leaves = random.chance(0.5);
    for (const key of [...this.#people.keys()].slice(4)) {
      if (!leaves) this.#put(random, Number(/\d+/.exec(key)?.[0]));
      else this.#people.set(key, { ...this.#people.get(key)!, chosen: false });
    }
  }

  async #stranger(key: string): Promise<void> {
    for (const { remote, model, list } of this.#targets) {
      if (list === undefined || model.members.has(key)) continue;
      const name = `Stranger ${key.length}`;
      await remote.addStranger(key, [list], name);
      model.addStranger(key);
      // The file's columns come with the first run.
      model.contacts.set(key, [remote.firstName === "firstName" ? {} : { firstName: name }]);
    }
  }

  /** Nobody can opt out whom the destination does not know. */
  async #optOut(key: string): Promise<void> {
    for (const { remote, model } of this.#targets) {
      if (!model.contacts.has(key)) continue;
      model.optedOut.add(key);
      await remote.optOut(key);
    }
  }

  async #write(): Promise<void> {
    const rows = [...this.#people].map(([email, { name, score, suppressed, chosen }]) => ({
      email,
      name,
      score,
      level: score * 2,
      suppressed,
      chosen,
    }));
    await this.project.profiles(rows);
    const own: Record<string, Yaml> = {
      firstName: { column: "name" },
      SCORE: { column: "score", type: "number", createMissing: true },
      LEVEL: { column: "level", type: "number", createMissing: true },
    };
    const [key, ...previousKeys] = this.#keys.map((file) => ({ file }));
    await this.project.config({
      state: {
        retention: { unreferenced: "1h", history: "1h" },
        ...(key === undefined ? {} : { encryption: { key, previousKeys } }),
      },
      forget: { key: { file: "forget.key" } },
      segments: {
        chosen: { source: "crm", where: "chosen" },
        suppressed: { sql: "select email from crm where suppressed", allowEmpty: true },
      },
      suppressions: ["suppressed"],
      exports: Object.fromEntries(
        this.#targets.map(({ type, list }) => [
          `weekly-${type}`,
          {
            connection: type,
            list: this.#options.createsLists ? { name: LIST, create: true } : list,
            segments: ["chosen"],
            match: { email: "email" },
            mode: this.#mode,
            attributes: Object.fromEntries(this.#attributes.map((name) => [name, own[name]])),
            safeguards: { maxRemovals: { share: "100%" }, allowEmpty: true },
          },
        ]),
      ),
    });
  }

  async planIsEmpty(): Promise<string[]> {
    const { exports } = await this.project.plan();
    return exports.flatMap(({ name, counts: { add, update, remove }, error }) =>
      error === undefined && add + update + remove === 0
        ? []
        : [`plan of ${name}: +${add} ~${update} -${remove} ${error?.message ?? ""}`],
    );
  }

  /** Files and bytes of the state, in words. */
  async stateSize(): Promise<string> {
    const files = await this.project.stateFiles();
    const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
    return `${files.size} files, ${Math.round(bytes / 1024)} KiB`;
  }

  async stop(): Promise<void> {
    await this.project.stop();
  }
}

const STORED: Readonly<Record<StoryType, readonly [string, string][]>> = {
  brevo: [["firstName", "FIRSTNAME"]],
  sendgrid: [["firstName", "first_name"]],
  file: [["firstName", "firstName"]],
};

/** A member's attributes in the model's words. */
function shownAttributes(type: StoryType, member: Member): Record<string, unknown> {
  const fields = [...STORED[type], ["SCORE", "SCORE"], ["LEVEL", "LEVEL"]] as const;
  const shown = fields.flatMap(([name, field]) => {
    const stored = member[field];
    if (stored === undefined || stored === null || stored === "") return [];
    return [[name, name === "firstName" ? stored : Number(stored)] as const];
  });
  return sorted(Object.fromEntries(shown));
}

function sorted(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).sort());
}

/** One way to put what is wrong into a failure that can be run again. */
export function mustBeEmpty(problems: readonly string[], replay: string): void {
  expect(problems, replay).toEqual([]);
}
