import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadSource } from "../../src/engine/load/load-source.js";
import { lookAtSource } from "../../src/engine/load/look-at-source.js";
import { Failure } from "../../src/model/failure.js";
import type { Source } from "../../src/model/config/source.js";
import type { SourceRead } from "../../src/plugin/source.js";
import { CLOCK, withEngine } from "../support/engine.js";
import type { Customer } from "../support/receivers/crm.js";

/** A place on this machine that has customers, and a source that reads them. */
export interface SourceHarness {
  readonly source: Source;
  open(signal: AbortSignal, key?: "wrong"): Promise<SourceRead>;
  /** All that there are from now on. */
  put(customers: readonly Customer[]): Promise<void>;
  /** What is read from now on lacks the end, and nothing says so at once. */
  cutOff(): Promise<void>;
  /** Only where somebody is asked over the network. */
  readonly remote?: {
    /** What must show up in no message. */
    readonly secrets: readonly string[];
    fallSilent(): void;
  };
  stop(): Promise<void>;
}

export interface SourceCase {
  readonly name: string;
  /** There is somebody to ask over the network. */
  readonly isRemote?: true;
  run(harness: SourceHarness): Promise<void>;
}

const never = new AbortController().signal;
const customer = (email: string, name: string | null = "A", country: string | null = "DE"): Customer => ({
  email,
  name,
  country,
});
const many = (count: number): Customer[] =>
  Array.from({ length: count }, (_, index) => customer(`p${index}@example.com`));

/** What a run would have of it. */
async function loaded(
  { source, open }: SourceHarness,
  { signal = never, key }: { readonly signal?: AbortSignal; readonly key?: "wrong" } = {},
): Promise<readonly Customer[]> {
  return withEngine(async ({ engine }) => {
    const read = await open(signal, key);
    await engine.lockDown(read.files);
    await loadSource(engine, source, read);
    return engine.outer.rows<Customer>(`SELECT email, name, country FROM "${source.name}" ORDER BY email`);
  });
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Failure);
  return error as Failure;
}

export const SOURCE_CASES: readonly SourceCase[] = [
  {
    name: "every value arrives as it is, and one that is missing is not an empty one",
    run: async (harness) => {
      const all = [
        customer("a@example.com", 'Zoë "Z"; x', "DE"),
        customer("b@example.com", "two\nlines, \\ and 👋", null),
        customer("c@example.com", null, "FR"),
        customer("d@example.com", "007", "DE"),
      ];
      await harness.put(all);
      expect(await loaded(harness)).toEqual(all);
    },
  },
  {
    name: "its columns are told before it is read",
    run: async (harness) => {
      await harness.put(many(2));
      const folder = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
      const options = { folder: join(folder, "run"), timezone: "UTC", clock: CLOCK };
      const { names } = await lookAtSource(options, harness.source, await harness.open(never));
      await rm(folder, { recursive: true });
      expect([...names].sort()).toEqual(["country", "email", "name"]);
    },
  },
  {
    name: "thousands of customers arrive, and as often as they are asked for",
    run: async (harness) => {
      await harness.put(many(2500));
      expect(await loaded(harness)).toHaveLength(2500);
      expect(await loaded(harness)).toHaveLength(2500);
    },
  },
  {
    name: "what lacks its end is not taken for the whole",
    run: async (harness) => {
      await harness.put(many(2500));
      await harness.cutOff();
      const { kind } = await failureOf(loaded(harness));
      expect(["invalid", "permanent", "transient", "refused"]).toContain(kind);
    },
  },
  {
    name: "a wrong key is a matter of authentication",
    isRemote: true,
    run: async (harness) => {
      await harness.put(many(1));
      expect((await failureOf(loaded(harness, { key: "wrong" }))).kind).toBe("auth");
    },
  },
  {
    name: "whoever says nothing is left at once when we stop",
    isRemote: true,
    run: async (harness) => {
      harness.remote?.fallSilent();
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 50);
      expect((await failureOf(loaded(harness, { signal: stop.signal }))).kind).toBe("interrupted");
    },
  },
  {
    name: "no failure tells a secret or somebody's address",
    run: async (harness) => {
      await harness.put(many(2500));
      await harness.cutOff();
      const told = [await failureOf(loaded(harness))];
      if (harness.remote !== undefined) told.push(await failureOf(loaded(harness, { key: "wrong" })));
      const texts = told.map(({ message, hint }) => `${message} ${hint}`).join("\n");
      for (const secret of ["@example.com", ...(harness.remote?.secrets ?? [])])
        expect(texts).not.toContain(secret);
    },
  },
];

/** What every source does alike; fresh customers for each case. */
export function sourceSuite(name: string, make: () => Promise<SourceHarness>, isRemote: boolean): void {
  describe(`${name} is a source`, () => {
    for (const one of SOURCE_CASES)
      if (isRemote || one.isRemote !== true) it(one.name, () => withSource(make, one.run));
  });
}

export async function withSource(
  make: () => Promise<SourceHarness>,
  run: (harness: SourceHarness) => Promise<void>,
): Promise<void> {
  const harness = await make();
  try {
    await run(harness);
  } finally {
    await harness.stop();
  }
}
