/** Something that goes wrong on purpose. */
export interface Fault {
  /** `files`: the downloads of reports and exports, which a fault without a vendor leaves alone. */
  readonly vendor?: "brevo" | "sendgrid" | "files";
  readonly method?: string;
  /** Path as the vendor writes it (`/contacts/import`, `/v3/marketing/contacts`); `*` stands for anything. */
  readonly path?: string;
  /** Only these of the matching requests, counted from 1. */
  readonly nth?: number | readonly number[];
  /** Or this share of them (0 to 1), drawn from a generator with `seed`, so that a run can be repeated. */
  readonly rate?: number;
  readonly seed?: number;
  readonly effect: FaultEffect;
}

export type FaultEffect =
  /** Another answer. `carriedOut`: the request takes effect before it. `body` is sent as HTML unless `type` says otherwise. */
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body?: string;
      readonly type?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly carriedOut?: boolean;
    }
  /** The connection breaks without an answer. */
  | { readonly kind: "drop"; readonly carriedOut?: boolean }
  /** The connection breaks after so many bytes of the request's body; nothing is carried out. */
  | { readonly kind: "cut"; readonly bytes: number }
  /** The answer comes late. */
  | { readonly kind: "slow"; readonly ms: number }
  /** The answer stops after so many bytes and the connection breaks. */
  | { readonly kind: "truncate"; readonly bytes: number };

interface ArmedFault {
  readonly fault: Fault;
  readonly path: RegExp | undefined;
  readonly random: () => number;
  met: number;
}

/** The injected faults, in order; the first that strikes wins. */
export class FaultPlan {
  readonly #armed = new Set<ArmedFault>();

  /** Returns what disarms it. */
  add(fault: Fault): () => void {
    const armed = {
      fault,
      path: fault.path === undefined ? undefined : glob(fault.path),
      random: generator(fault.seed ?? 1),
      met: 0,
    };
    this.#armed.add(armed);
    return () => this.#armed.delete(armed);
  }

  strike(vendor: string, method: string, path: string): FaultEffect | undefined {
    let effect: FaultEffect | undefined;
    for (const armed of this.#armed) {
      const { fault } = armed;
      if (fault.vendor === undefined ? vendor === "files" : fault.vendor !== vendor) continue;
      if (fault.method !== undefined && fault.method.toUpperCase() !== method) continue;
      if (armed.path !== undefined && !armed.path.test(path)) continue;
      armed.met++;
      if (strikes(armed)) effect ??= fault.effect;
    }
    return effect;
  }
}

function strikes(armed: ArmedFault): boolean {
  const { nth, rate } = armed.fault;
  if (nth !== undefined) return (typeof nth === "number" ? [nth] : nth).includes(armed.met);
  return rate === undefined || armed.random() < rate;
}

function glob(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
