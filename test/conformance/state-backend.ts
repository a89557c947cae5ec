import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { StateBackend } from "../../src/plugin/state-backend.ts";
import { blobCases } from "./state/blob-cases.ts";
import { leaseCases } from "./state/lease-cases.ts";
import { rootCases } from "./state/root-cases.ts";
import { FULL } from "../support/full.ts";
import { signal, text, type Cases, type MakeHarness } from "./state/support.ts";
import { wholeCases } from "./state/whole-cases.ts";

export type { BackendHarness, MakeHarness } from "./state/support.ts";

/** What every state backend must do, by name; A and B are clients of one store. */
export const cases: Cases = { ...wholeCases, ...rootCases, ...blobCases, ...leaseCases };

/** Runs one case on a fresh store; rejects when the backend fails it. */
export async function runCase(name: string, make: MakeHarness): Promise<void> {
  const work = cases[name];
  if (work === undefined) throw new TypeError(`no case "${name}"`);
  const scratch = await mkdtemp(join(tmpdir(), "rollcall-test-"));
  const harness = await make();
  try {
    await work(harness, scratch);
  } finally {
    await harness.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Adds one, so many times, starting over when somebody else was faster. */
export async function count(backend: StateBackend, rounds: number): Promise<void> {
  for (let done = 0; done < rounds;) {
    const root = await backend.readRoot(signal);
    const next = text(String(Number(Buffer.from(root?.bytes ?? []).toString()) + 1));
    await backend.writeRoot(next, root?.version, signal).then(
      () => (done += 1),
      () => undefined,
    );
  }
}

/** The whole suite for one backend. */
export function describeStateBackend(
  name: string,
  make: MakeHarness,
  /** At once, where cases wait for a clock and a server rather than for this machine. */
  { concurrent = false } = {},
): void {
  describe(`state backend: ${name}`, { concurrent }, () => {
    test("supplies everything that the suite needs", async () => {
      const harness = await make();
      try {
        expect(harness.a).not.toBe(harness.b);
        expect(typeof harness.loseNextAnswer).toBe("function");
        expect(typeof harness.race).toBe("function");
        expect(harness.a.label).not.toBe("");
        expect(harness.clockMs).toBeGreaterThanOrEqual(0);
        expect(await harness.client()).not.toBe(harness.b);
        // A lost answer that nothing notices would make its cases worthless.
        await harness.a.writeRoot(text("one"), undefined, signal);
        expect(await harness.b.readRoot(signal)).toBeDefined();
      } finally {
        await harness.close();
      }
    });
    test.each(Object.keys(cases))("%s", (each) => runCase(each, make), FULL ? 900_000 : 60_000);
  });
}
