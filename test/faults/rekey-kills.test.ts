import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.js";
import { sealingKeyId } from "../../src/state/storage/envelope.js";
import type { JournalEntry } from "../../src/state/journal/journal-entry.js";
import { readJournal } from "../../src/state/journal/journal.js";
import { KeyRing, parseStateKey } from "../../src/state/storage/state-key.js";
import { openState } from "../../src/state/store.js";
import { rekeyState } from "../../src/usecases/state/rekey.js";
import { FULL } from "../support/full.js";
import type { Story } from "../support/story.js";
import { openMirror } from "../support/weekly-mirror.js";
import { live } from "./mortal.js";

/** Spread over all of them. The stories of the other kills rotate keys too. */
const MOMENTS = 60;
const ONE = "11".repeat(32);
const TWO = "22".repeat(32);
const one = parseStateKey(ONE, "it");
const two = parseStateKey(TWO, "it");
const signal = new AbortController().signal;
let story: Story;
let onWrite: (() => void) | undefined;

beforeEach(async () => {
  story = await openMirror(() => onWrite?.());
  await story.write("one.key", ONE);
  await story.write("two.key", TWO);
});
afterEach(() => story.stop());

const configure = (key: string, ...previousKeys: string[]): Promise<void> =>
  story.configure(
    {},
    { state: { encryption: { key: { file: key }, previousKeys: previousKeys.map((file) => ({ file })) } } },
  );
const folder = (): string => join(story.folder, ".rollcall");

async function journalOf(keys: KeyRing): Promise<readonly JournalEntry[]> {
  const state = await openState(new LocalBackend(folder()), signal, keys);
  const [account = "", entry] = Object.entries(state.root.accounts)[0] ?? [];
  const name = entry?.openRun?.journal ?? entry?.openRun?.runId ?? "none";
  return readJournal(state.journals, account, name, signal);
}

test("a killed rekey leaves a state that both keys read, the next one finishes, and an unfinished run is kept", async ({
  skip,
}) => {
  skip(!FULL, "only with ROLLCALL_TEST_FULL=1");
  await configure("one.key");
  await story.people("anna", "ben");
  await story.apply();
  await story.people("ben", "carl");
  const abort = new AbortController();
  onWrite = () => abort.abort();
  await story.applyResult({ signal: abort.signal }).catch(() => undefined);
  onWrite = undefined;
  const journal = await journalOf(new KeyRing(one));
  expect(journal.length).toBeGreaterThan(0);
  const kept = join(story.folder, "kept");
  await cp(folder(), kept, { recursive: true, preserveTimestamps: true });

  await configure("two.key", "one.key");
  const whole = await live(story.folder, ["state", "rekey"], undefined, 0);
  expect([whole.code, whole.output]).toEqual([0, expect.stringContaining(two.id)]);
  const count = whole.moments.length;
  const step = Math.max(1, Math.floor(count / MOMENTS));
  let killed = 0;
  for (let moment = 1; moment <= count; moment += step) {
    await rm(folder(), { recursive: true });
    await cp(kept, folder(), { recursive: true, preserveTimestamps: true });
    const life = await live(story.folder, ["state", "rekey"], { moment }, 0);
    if (life.killed) killed += 1;
    expect(await journalOf(new KeyRing(two, [one])), life.point).toEqual(journal);
    const again = await rekeyState({ cwd: story.folder, actor: "tester", signal });
    expect(again.result?.keyId).toBe(two.id);
    expect(await journalOf(new KeyRing(two)), life.point).toEqual(journal);
    for (const [name, bytes] of await story.stateFiles())
      if (name.startsWith("blobs/")) expect([name, sealingKeyId(bytes)]).toEqual([name, two.id]);
  }
  process.stdout.write(`rekey: killed at ${killed} of ${count} moments\n`);
  expect(killed).toBeGreaterThan(2);

  await configure("two.key");
  await story.apply();
  expect(await story.members()).toEqual(["ben", "carl"]);
  await story.mustBeSettled();
}, 600_000);
