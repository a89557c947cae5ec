import type { Exchange, FaultEffect } from "../../src/sandbox/index.js";
import { openProject, type Project, type Row, type Yaml } from "../support/project.js";
import type { Seeded } from "./seeded.js";

export type Vendor = "brevo" | "sendgrid";

/** What was found after all runs; all but `gap` have to stay zero. */
export interface Tally {
  runs: number;
  /** People who opted out in some way, counted once a run. */
  unwilling: number;
  /** On a list again, or for the first time, after opting out. */
  readded: number;
  /** Whose flag or unsubscription at the vendor was undone. */
  resubscribed: number;
  /** Opted out between the last read and the request, which nobody can see. */
  gap: number;
}

interface OptOut {
  readonly address: string;
  /** `everywhere`, or the list. */
  readonly scope: string;
  /** Says nothing about the person behind the address. */
  readonly bounced: boolean;
}

/** An opt-out while a run is under way, and what was there at that moment. */
interface Race {
  readonly address: string;
  readonly before: Standing;
  /** Where the vendor tells of it. */
  readonly told: RegExp;
  /** Whether the vendor was asked for opt-outs between this and the first write about the person. */
  seen: boolean;
  written: boolean;
}

interface Standing {
  readonly lists: ReadonlySet<string>;
  readonly blocked: boolean;
  readonly unsubscribed: ReadonlySet<string>;
}

interface Person {
  version: number;
  name: string;
  segments: { first: boolean; second: boolean };
  consent: boolean;
  suppressed: boolean;
}

const PEOPLE = 24;
const GROUP = 4711;
const LISTS = ["shared", "other"] as const;

/** Two lists, three exports and a crowd of whom half do not want to hear from us. */
export class Crowd {
  readonly project: Project;
  readonly #vendor: Vendor;
  readonly #random: Seeded;
  readonly #lists: Record<(typeof LISTS)[number], string>;
  readonly #people: Person[] = [];
  readonly #out: OptOut[] = [];
  readonly #races: Race[] = [];
  /** Addresses that a run could tie to a person: delivered, or held back because of an opt-out. */
  readonly #met = new Set<string>();
  #onExchange: ((exchange: Exchange) => void) | undefined;

  private constructor(vendor: Vendor, random: Seeded, project: Project) {
    this.#vendor = vendor;
    this.#random = random;
    this.project = project;
    const add = (name: string): string =>
      vendor === "brevo"
        ? String(project.sandbox.brevo().addList(name))
        : project.sandbox.sendgrid().addList(name);
    this.#lists = { shared: add("shared"), other: add("other") };
    if (vendor === "sendgrid") project.sandbox.sendgrid().addGroup("news", GROUP);
  }

  static async open(vendor: Vendor, random: Seeded): Promise<Crowd> {
    const watchers: ((exchange: Exchange) => void)[] = [];
    const project = await openProject({
      behaviour: "pessimistic",
      sandbox: { onExchange: (exchange) => watchers.forEach((watch) => watch(exchange)) },
    });
    const crowd = new Crowd(vendor, random, project);
    watchers.push((exchange) => crowd.#watch(exchange));
    for (let id = 0; id < PEOPLE; id++) {
      crowd.#people.push({
        version: 0,
        name: "Ann",
        segments: { first: random.chance(0.7), second: random.chance(0.6) },
        consent: random.chance(0.85),
        suppressed: random.chance(0.1),
      });
      if (random.chance(0.3)) crowd.#putThere(id);
      if (random.chance(0.4)) crowd.#optOut(crowd.#addressOf(id));
    }
    return crowd;
  }

  /** Things happen, a run is made, and what it did to the unwilling is counted. */
  async round(tally: Tally): Promise<void> {
    const random = this.#random;
    for (let event = random.between(0, 6); event > 0; event--) this.#happen();
    await this.#write();
    const before = this.#look();
    const shown = this.#shown();
    const unwilling = [...this.#out];
    const refused = this.#refused();
    this.#races.length = 0;
    const ends = this.#disturb();
    const stop = new AbortController();
    const breaksAt = random.chance(0.15) ? random.between(1, 25) : undefined;
    const optsOutAt = random.chance(0.6) ? random.between(1, 25) : undefined;
    let exchanges = 0;
    this.#onExchange = () => {
      exchanges += 1;
      if (exchanges === breaksAt) stop.abort();
      if (exchanges === optsOutAt) this.#race();
    };
    let whole = false;
    try {
      const { run } = await this.project.applyResult({
        signal: stop.signal,
        overrides: ["max-removals", "max-withdrawals", "empty-segment"],
      });
      whole = run?.exports.every(({ status }) => status === "succeeded" || status === "unchanged") ?? false;
    } catch {
      // Broken off or held up: what it did until then counts all the same.
    }
    this.#onExchange = undefined;
    for (const end of ends) end();
    tally.runs += 1;
    tally.unwilling += new Set(unwilling.map(({ address }) => address)).size + refused.size;
    this.#judge(tally, { before, after: this.#look(), unwilling, refused });
    if (whole) for (const address of shown) this.#met.add(address);
  }

  #judge(
    tally: Tally,
    seen: {
      before: ReadonlyMap<string, Standing>;
      after: ReadonlyMap<string, Standing>;
      unwilling: readonly OptOut[];
      refused: ReadonlySet<string>;
    },
  ): void {
    const racing = new Map(this.#races.map((race) => [race.address, race]));
    for (const [address, after] of seen.after) {
      const race = racing.get(address);
      const before = race?.before ?? seen.before.get(address) ?? NOTHING;
      const lost = before.blocked && !after.blocked;
      const undone = [...before.unsubscribed].some((list) => !after.unsubscribed.has(list));
      const undoneNow = lost || undone;
      const known = this.#unwelcome(address, seen.unwilling, seen.refused);
      const raced =
        race === undefined ? new Set<string>() : this.#unwelcome(address, this.#out, seen.refused);
      const joined = [...after.lists].filter((list) => !before.lists.has(list));
      const wrongly = joined.some((list) => known.has(list));
      const late = joined.some((list) => raced.has(list));
      if (race !== undefined && !race.seen && !wrongly && (late || undoneNow)) {
        tally.gap += 1;
        continue;
      }
      if (wrongly || late) tally.readded += 1;
      if (undoneNow) tally.resubscribed += 1;
    }
  }

  /** Lists that an address has no business on: its own opt-outs, and those of the person under other addresses. */
  #unwelcome(address: string, optOuts: readonly OptOut[], refused: ReadonlySet<string>): Set<string> {
    const lists = Object.values(this.#lists);
    const id = address.split("v")[0];
    const own = (other: string): boolean => other === address || other.split("v")[0] === id;
    const found = new Set<string>();
    for (const one of optOuts)
      if (one.address === address || (!one.bounced && own(one.address) && this.#met.has(one.address)))
        for (const list of lists) if (one.scope === "everywhere" || one.scope === list) found.add(list);
    if (refused.has(address)) for (const list of lists) found.add(list);
    return found;
  }

  /** Suppressed by us, or without consent. */
  #refused(): Set<string> {
    return new Set(
      this.#people.flatMap(({ consent, suppressed }, id) =>
        consent && !suppressed ? [] : [this.#addressOf(id)],
      ),
    );
  }

  #shown(): string[] {
    return this.#people.flatMap(({ segments, consent, suppressed }, id) => {
      const address = this.#addressOf(id);
      const told = consent || suppressed || this.#out.some((one) => one.address === address);
      return (segments.first || segments.second) && told ? [address] : [];
    });
  }

  #happen(): void {
    const random = this.#random;
    const id = random.between(0, PEOPLE - 1);
    const person = this.#people[id];
    if (person === undefined) return;
    const address = this.#addressOf(id);
    random.pick([
      () => (person.segments = { ...person.segments, first: !person.segments.first }),
      () => (person.segments = { ...person.segments, second: !person.segments.second }),
      () => (person.name = random.pick(["Ann", "Bea", "Cem"])),
      () => (person.version += 1),
      () => (person.consent = !person.consent),
      () => (person.suppressed = random.chance(0.3)),
      () => this.#optOut(address),
      () => this.#optOut(this.#addressOf(id, random.between(0, person.version))),
      () => this.#takeOff(address),
      () => this.#everybody(),
    ])();
  }

  /** Everybody changes at once, which takes the ways of many. */
  #everybody(): void {
    const name = this.#random.pick(["Dov", "Eva", "Fay"]);
    for (const person of this.#people) {
      person.name = name;
      if (this.#random.chance(0.5)) person.segments = { first: true, second: true };
    }
  }

  #disturb(): (() => void)[] {
    const random = this.#random;
    if (!random.chance(0.4)) return [];
    const effect = random.pick<FaultEffect>([
      { kind: "answer", status: 524, carriedOut: true },
      { kind: "answer", status: 503, carriedOut: false },
      { kind: "drop", carriedOut: true },
      { kind: "drop", carriedOut: false },
    ]);
    const path = this.#vendor === "brevo" ? "/contacts/import" : "/v3/marketing/contacts";
    return [
      this.project.sandbox.inject({
        vendor: this.#vendor,
        method: this.#vendor === "brevo" ? "POST" : "PUT",
        path,
        nth: random.between(1, 2),
        effect,
      }),
    ];
  }

  #race(): void {
    const id = this.#random.between(0, PEOPLE - 1);
    const address = this.#addressOf(id);
    const before = this.#standing(address);
    const told = this.#optOut(address);
    const now = this.#standing(address);
    this.#races.push({ address, before: { ...now, lists: before.lists }, told, seen: false, written: false });
  }

  #watch({ method, path, query, requestBody }: Exchange): void {
    const reads = method === "GET" && query["listIds"] === undefined;
    const text = method === "GET" || /search|export/.test(path) ? "" : JSON.stringify(requestBody ?? "");
    for (const race of this.#races) {
      if (text.includes(race.address)) race.written = true;
      // The one that was answered just before does not count; the next one does.
      if (reads && race.told.test(path) && !race.written) race.seen = true;
    }
    this.#onExchange?.({ method, path, query, requestBody } as Exchange);
  }

  /** Returns the path under which the vendor tells of it. */
  #optOut(address: string): RegExp {
    const random = this.#random;
    if (this.#vendor === "sendgrid") {
      const state = this.project.sandbox.sendgrid();
      const way = random.pick(["unsubscribe", "bounce", "reportSpam", "group"] as const);
      if (way === "group") state.unsubscribeFromGroup(address, GROUP);
      else state[way](address);
      this.#out.push({ address, scope: "everywhere", bounced: way === "bounce" });
      return TOLD[way];
    }
    const state = this.project.sandbox.brevo();
    if (state.contact(address) === undefined) state.addContact(address);
    const scope = random.pick(["everywhere", ...Object.values(this.#lists)]);
    if (scope === "everywhere") state.blocklist(address);
    else state.unsubscribe(address, Number(scope));
    this.#out.push({ address, scope, bounced: false });
    return /^\/contacts$/;
  }

  #putThere(id: number): void {
    const list = this.#random.pick([this.#lists.shared, this.#lists.other]);
    if (this.#vendor === "brevo")
      this.project.sandbox.brevo().addContact(this.#addressOf(id), { lists: [Number(list)] });
    else this.project.sandbox.sendgrid().addContact({ email: this.#addressOf(id) }, [list]);
  }

  #takeOff(address: string): void {
    if (this.#vendor === "sendgrid")
      return this.project.sandbox.sendgrid().removeFromList(address, this.#lists.shared);
    const state = this.project.sandbox.brevo();
    if (state.contact(address) !== undefined) state.removeFromList(address, Number(this.#lists.shared));
  }

  #addressOf(id: number, version = this.#people[id]?.version ?? 0): string {
    return `p${id}v${version}@example.com`;
  }

  #look(): Map<string, Standing> {
    const all = this.#people.flatMap(({ version }, id) =>
      Array.from({ length: version + 1 }, (_, old) => this.#addressOf(id, old)),
    );
    return new Map(all.map((address) => [address, this.#standing(address)]));
  }

  #standing(address: string): Standing {
    if (this.#vendor === "sendgrid") {
      const lists = this.project.sandbox.sendgrid().contact(address)?.["list_ids"];
      return { ...NOTHING, lists: new Set((lists ?? []) as string[]) };
    }
    const contact = this.project.sandbox.brevo().contact(address);
    if (contact === undefined) return NOTHING;
    return {
      lists: new Set(contact.lists.map(String)),
      blocked: contact.emailBlacklisted,
      unsubscribed: new Set(contact.listUnsubscribed.map(String)),
    };
  }

  async #write(): Promise<void> {
    const random = this.#random;
    const rows = this.#people.map(({ name, segments, consent }, id): Row => ({
      email: this.#addressOf(id),
      id,
      name,
      vip: name > "C",
      consent,
      ...segments,
    }));
    await this.project.profiles(rows);
    const complaints = this.#people.flatMap(({ suppressed }, id) =>
      suppressed ? [this.#addressOf(id)] : [],
    );
    await this.project.write("complaints.csv", ["email", "nobody@example.com", ...complaints, ""].join("\n"));
    const importFormat = random.pick(["json", "csv"]);
    const vip = { column: "vip", type: "boolean", createMissing: true };
    const attributes = random.pick<Yaml>([
      { firstName: "name" },
      // A false in JSON may be lost, which is waited for and costs the test a minute.
      { firstName: "name", ...(importFormat === "csv" ? { VIP: vip } : {}) },
      {},
    ]);
    const one = (list: string, segment: string, mode: string): Yaml => ({
      connection: this.#vendor,
      list,
      segments: [segment],
      match: { email: "email", id: "id" },
      consent: "consent",
      mode,
      attributes: this.#vendor === "sendgrid" && "VIP" in attributes ? { firstName: "name" } : attributes,
      drift: { removed: random.pick(["respect", "restore"]) },
    });
    const connections = this.project.connections({
      optOuts: { maxAge: "1s" },
      ...(this.#vendor === "brevo" ? { importFormat } : { unsubscribeGroups: [GROUP] }),
    });
    const { [this.#vendor]: connection } = connections;
    await this.project.config({
      connections: { [this.#vendor]: connection },
      segments: {
        first: { source: "crm", where: "first" },
        second: { source: "crm", where: "second" },
        complaints: { addresses: "complaints.csv" },
      },
      suppressions: ["complaints"],
      exports: {
        shared: one(this.#lists.shared, "first", random.pick(["mirror", "upsert", "add-only"])),
        sharing: one(this.#lists.shared, "second", random.pick(["upsert", "add-only"])),
        other: one(this.#lists.other, "second", random.pick(["mirror", "mirror", "upsert"])),
      },
    });
  }
}

const TOLD = {
  unsubscribe: /suppression\/unsubscribes$/,
  bounce: /suppression\/bounces$/,
  reportSpam: /suppression\/spam_reports$/,
  group: /groups\/.*suppressions$/,
};

const NOTHING: Standing = { lists: new Set(), blocked: false, unsubscribed: new Set() };
