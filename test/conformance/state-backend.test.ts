import { spawn } from "node:child_process";
import { link, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { LocalBackend } from "../../src/backends/local/local-backend.ts";
import { MemoryBackend, MemoryStore, type Flaw } from "../support/memory-backend.ts";
import { cases, count, describeStateBackend, runCase, type MakeHarness } from "./state-backend.ts";

const child = fileURLToPath(new URL("../support/state-child.mjs", import.meta.url));

function memory(flaw?: Flaw): MakeHarness {
  return async () => {
    const store = new MemoryStore();
    return {
      a: new MemoryBackend(store, flaw),
      b: new MemoryBackend(store, flaw),
      client: async () => new MemoryBackend(store, flaw),
      clockMs: 1,
      loseNextAnswer: () => (store.loseNextAnswer = true),
      race: async (workers, rounds) => {
        const all = Array.from({ length: workers }, () => count(new MemoryBackend(store, flaw), rounds));
        await Promise.all(all);
      },
      close: async () => undefined,
    };
  };
}

const local: MakeHarness = async () => {
  const parent = await mkdtemp(join(tmpdir(), "rollcall-test-"));
  const folder = join(parent, ".rollcall");
  let lose = false;
  const losingLink = async (from: string, to: string): Promise<void> => {
    await link(from, to);
    if (lose) {
      lose = false;
      throw Object.assign(new Error("answer lost"), { code: "EEXIST" });
    }
  };
  return {
    a: new LocalBackend(folder, { link: losingLink }),
    b: new LocalBackend(folder),
    client: async () => new LocalBackend(folder),
    clockMs: 1,
    loseNextAnswer: () => (lose = true),
    race: async (workers, rounds) => {
      const codes = await Promise.all(
        Array.from(
          { length: workers },
          () =>
            new Promise((resolve) => {
              const racer = spawn(process.execPath, [child, "count", folder, String(rounds)], {
                stdio: "inherit",
              });
              racer.on("exit", resolve);
            }),
        ),
      );
      expect(codes).toEqual(Array.from({ length: workers }, () => 0));
    },
    close: () => rm(parent, { recursive: true, force: true }),
  };
};

describeStateBackend("memory", memory());
describeStateBackend("local folder", local);

const broken: Record<Flaw, string> = {
  "forgets-the-lapsed": "a holder that did not give its lease back is told of until long after",
  lossy: "a blob comes back byte for byte",
  torn: "no read sees a torn root",
  "last-writer-wins": "a stale version is refused and changes nothing",
  "no-expiry": "an expired lease may be taken, and its holder learns it",
  overwriting: "a blob put twice is one blob and stays the first",
  deaf: "an abort stops every method",
  "any-id": "a wrong id cannot break a lease",
  "forgetful-create": "a lease whose answer was lost is recognised as one's own",
  "first-date": "a listing says how big a blob is and when it was last put",
};

describe("the suite notices a backend that is", () => {
  test.each(Object.entries(broken))("%s: %s", async (flaw, name) => {
    expect(Object.keys(cases)).toContain(name);
    await expect(runCase(name, memory(flaw as Flaw))).rejects.toThrow();
  });
});
