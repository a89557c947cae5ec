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
  /** A run has read it to the end, so that state knows it whatever becomes of the contact. */
  read: boolean;
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
  /** An address that is shared with somebody, instead of the own one. */
  home: string | undefined;
  name: string;
  segments: { first: boolean; second: boolean };
  consent: boolean;
  suppressed: boolean;
}

const PEOPLE = 24;
/** Each is named by another connection to the account. */
const GROUPS = [4711, 4712] as const;
/** One export goes from one of the last three to another. */
const LISTS = ["shared", "other", "clients", "third"] as const;
const EXPORTS = ["shared", "sharing", "other"] as const;
type Exports = readonly (typeof EXPORTS)[number][];

/**
 * Four lists, three exports by two connections to one account, and a crowd of
 * whom half do not want to hear from us.
 */
export class Crowd {
  readonly project: Project;
  readonly #vendor: Vendor;
  readonly #random: Seeded;
  readonly #lists: Record<(typeof LISTS)[number], string>;
  readonly #people: Person[] = [];
  readonly #out: OptOut[] = [];
  readonly #races: Race[] = [];
  /** Addresses with the people that a run could tie to them: delivered, or held back because of an opt-out. */
  readonly #met = new Map<string, Set<number>>();
  /** Lists that the moving export was on, the one of today last; and the way there. */
  readonly #way: string[];
  readonly #moved: Yaml[] = [];
  /** No run has taken it to the last one yet. */
  #moving = true;
  #homes = 0;
  #onExchange: ((exchange: Exchange) => void) | undefined;

  private constructor(vendor: Vendor, random: Seeded, project: Project) {
    this.#vendor = vendor;
    this.#random = random;
    this.project = project;
    const add = (name: string): string =>
      vendor === "brevo"
        ? String(project.sandbox.brevo().addList(name))
        : project.sandbox.sendgrid().addList(name);
    this.#lists = {
      shared: add("shared"),
      other: add("other"),
      clients: add("clients"),
      third: add("third"),
    };
    this.#way = [this.#lists.other];
    if (vendor === "sendgrid")
      for (const group of GROUPS) project.sandbox.sendgrid().addGroup(`news ${group}`, group);
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
        home: undefined,
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
    const targets = random.chance(0.4) ? [random.pick(EXPORTS)] : EXPORTS;
    const before = this.#look();
    const shown = this.#shown(targets);
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
        targets,
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
    if (!whole) return;
    for (const [address, id] of shown) this.#met.set(address, (this.#met.get(address) ?? new Set()).add(id));
    for (const one of unwilling) if (this.#isRead(one, targets)) one.read = true;
    if (targets.includes("other")) this.#moving = false;
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
    const found = new Set<string>();
    for (const list of lists) {
      const here = optOuts.filter(({ scope }) => this.#reaches(scope, list));
      const ofThem = this.#sharing(address, list).map((ids) =>
        here.some((one) => !one.bounced && ids.some((id) => this.#met.get(one.address)?.has(id) === true)),
      );
      if (here.some((one) => one.address === address)) found.add(list);
      // Of people who share an address an export knows those whom it wants; one that may add it is enough.
      if (ofThem.length > 0 && ofThem.every(Boolean)) found.add(list);
    }
    if (refused.has(address)) for (const list of lists) found.add(list);
    return found;
  }

  /** The people behind an address, as each export to a list that wants it knows them. */
  #sharing(address: string, list: string): number[][] {
    const segments =
      list === this.#lists.shared
        ? (["first", "second"] as const)
        : list === this.#way.at(-1)
          ? (["second"] as const)
          : [];
    const people = segments.map((segment) =>
      this.#people.flatMap((person, id) =>
        person.segments[segment] && this.#addressOf(id) === address ? [id] : [],
      ),
    );
    return people.filter((ids) => ids.length > 0);
  }

  /** Whether an opt-out counts on a list: who left a list left what came from there, too. */
  #reaches(scope: string, list: string): boolean {
    if (scope === "everywhere" || scope === list) return true;
    const now = this.#way.length - 1;
    return list === this.#way[now] && this.#way.slice(0, now).includes(scope);
  }

  /** Whether a run of these exports reads where somebody opted out: a list is read for those who send to it, or did. */
  #isRead({ scope }: OptOut, targets: Exports): boolean {
    if (scope === "everywhere") return true;
    const lists = targets.flatMap((name) => (name === "other" ? this.#way : [this.#lists.shared]));
    return lists.includes(scope);
  }

  /** Suppressed by us, or without consent; of an address that is shared, what another one says may count. */
  #refused(): Set<string> {
    const willing = (id: number): boolean => {
      const { consent = true, suppressed = false } = this.#people[id] ?? {};
      return consent && !suppressed;
    };
    return new Set(
      this.#people.flatMap(({ home }, id) =>
        home !== undefined || willing(id) ? [] : [this.#addressOf(id)],
      ),
    );
  }

  /** Addresses with the people whom a run of these exports meets behind them. */
  #shown(targets: Exports): [string, number][] {
    const segments = new Set(targets.map((name) => (name === "shared" ? "first" : "second")));
    return [...segments].flatMap((segment) => {
      const there = this.#people.flatMap((person, id) =>
        person.segments[segment] ? [{ ...person, id }] : [],
      );
      return there.flatMap(({ id }): [string, number][] => {
        const address = this.#addressOf(id);
        const sharing = there.filter((other) => this.#addressOf(other.id) === address);
        const told =
          sharing.every(({ consent }) => consent) ||
          sharing.some(({ suppressed }) => suppressed) ||
          this.#out.some((one) => one.address === address);
        return told ? [[address, id]] : [];
      });
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
      () => this.#change(person),
      () => this.#change(person),
      () => this.#share(person),
      () => this.#part(),
      () => this.#move(),
      () => this.#delete(),
      () => (person.consent = !person.consent),
      () => (person.suppressed = random.chance(0.3)),
      () => this.#optOut(address),
      () => this.#optOut(this.#addressOf(id, random.between(0, person.version))),
      () => this.#takeOff(address),
      () => this.#everybody(),
    ])();
  }

  /** Another address of the own. */
  #change(person: Person): void {
    person.home = undefined;
    person.version += 1;
  }

  /** Two people have one address from now on. */
  #share(person: Person): void {
    const other = this.#any(this.#people);
    if (other === undefined || other === person || person.home !== undefined || other.home !== undefined)
      return;
    person.home = other.home = `home${(this.#homes += 1)}@example.com`;
    other.segments = { ...person.segments };
  }

  /** All who share an address get one of their own, most of the time after it opted out. */
  #part(): void {
    const sharing = this.#people.filter(({ home }) => home !== undefined);
    const home = this.#any(sharing)?.home;
    if (home === undefined) return;
    if (this.#random.chance(0.7)) this.#optOut(home);
    for (const person of sharing) if (person.home === home) this.#change(person);
  }

  #move(): void {
    const from = this.#way.at(-1) ?? "";
    if (this.#moving) return;
    const { shared: _, ...lists } = this.#lists;
    const to = this.#any(Object.values(lists).filter((list) => list !== from)) ?? "";
    this.#way.push(to);
    this.#moving = true;
    const oldMembers = this.#random.pick(["keep", "remove"]);
    // A way that leads back is written again.
    const kept = this.#moved.filter(({ fromList }) => fromList !== from);
    this.#moved.splice(0, this.#moved.length, ...kept, {
      export: "other",
      fromList: from,
      toList: to,
      oldMembers,
    });
  }

  /** Somebody deletes a contact at Brevo, and with it what it said; what no run has read nobody can know. */
  #delete(): void {
    const address = this.#any(this.#out)?.address;
    if (this.#vendor === "sendgrid" || address === undefined) return;
    this.project.sandbox.brevo().deleteContact(address);
    this.#forget((one) => one.address === address && !one.read);
  }

  #any<T>(items: readonly T[]): T | undefined {
    return items[this.#random.between(0, items.length - 1)];
  }

  #forget(which: (one: OptOut) => boolean): void {
    this.#out.splice(0, this.#out.length, ...this.#out.filter((one) => !which(one)));
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
      if (way === "group") state.unsubscribeFromGroup(address, random.pick(GROUPS));
      else state[way](address);
      this.#out.push({ address, scope: "everywhere", bounced: way === "bounce", read: false });
      return TOLD[way];
    }
    const state = this.project.sandbox.brevo();
    if (state.contact(address) === undefined) {
      state.addContact(address);
      // A contact made again is seen to be on no blocklist.
      this.#forget((one) => one.address === address && one.scope === "everywhere");
    }
    const scope = random.pick(["everywhere", ...Object.values(this.#lists)]);
    if (scope === "everywhere") state.blocklist(address);
    else state.unsubscribe(address, Number(scope));
    this.#out.push({ address, scope, bounced: false, read: false });
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

  #addressOf(id: number, version?: number): string {
    const person = this.#people[id];
    if (version === undefined && person?.home !== undefined) return person.home;
    return `p${id}v${version ?? person?.version ?? 0}@example.com`;
  }

  #look(): Map<string, Standing> {
    const all = this.#people.flatMap(({ version }, id) =>
      Array.from({ length: version + 1 }, (_, old) => this.#addressOf(id, old)),
    );
    for (let home = 1; home <= this.#homes; home++) all.push(`home${home}@example.com`);
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
      phone: null,
      consent,
      ...segments,
    }));
    // Somebody whom no export wants, and whose id gives the column another type.
    const odd = random.pick([undefined, 3.5, "X1"]);
    const nobody: Row = {
      email: "odd@example.com",
      id: odd ?? 77,
      consent: true,
      first: false,
      second: false,
    };
    await this.project.profiles([...rows, nobody]);
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
      // Where numbers may be shared, all contacts are read each time.
      ...(this.#vendor === "brevo" ? [{ SMS: { column: "phone", type: "phone", as: "sms" } }] : []),
    ]);
    const one = (list: string, segment: string, mode: string): Yaml => ({
      connection: segment === "first" ? "first" : "second",
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
      ...(this.#vendor === "brevo" ? { importFormat } : {}),
    });
    const { [this.#vendor]: connection } = connections;
    const naming = (group: number): Yaml => ({
      ...connection,
      ...(this.#vendor === "sendgrid" ? { unsubscribeGroups: [group] } : {}),
    });
    const lost = random.chance(0.1) ? { apiKey: { file: "gone.key" } } : {};
    await this.project.config({
      connections: { first: naming(GROUPS[0]), second: { ...naming(GROUPS[1]), ...lost } },
      moved: this.#moved,
      segments: {
        first: { source: "crm", where: "first" },
        second: { source: "crm", where: "second" },
        complaints: { addresses: "complaints.csv" },
      },
      suppressions: ["complaints"],
      exports: {
        shared: one(this.#lists.shared, "first", random.pick(["mirror", "upsert", "add-only"])),
        sharing: one(this.#lists.shared, "second", random.pick(["upsert", "add-only"])),
        other: one(this.#way.at(-1) ?? "", "second", random.pick(["mirror", "mirror", "upsert"])),
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
