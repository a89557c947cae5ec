import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listLocks, releaseLock } from "../../../src/usecases/locks.js";
import { openBackend } from "../../../src/run/backends.js";
import { gcState } from "../../../src/usecases/state/gc.js";
import { pullState } from "../../../src/usecases/state/pull.js";
import { pushState } from "../../../src/usecases/state/push.js";
import { rekeyState } from "../../../src/usecases/state/rekey.js";
import { newStateKey } from "../../../src/state/storage/state-key.js";
import { loadConfig } from "../../../src/config/load.js";
import type { StoreConfig } from "../../../src/model/config/store.js";
import { openProject, type Project, type Yaml } from "../../support/project.js";
import { remoteOf } from "../../support/remote.js";
import type { SharedState } from "../../faults/vanished.js";
import { info, signal } from "./support.js";

/** What the commands about state and locks do, done to a state that begins in a folder and goes on in a store. */
export function keepsHouse(title: string, open: (name: string) => SharedState): void {
  test(`${title}: a state moves there by pull and push, gets another key, is cleared up, and its locks are seen`, async () => {
    const project = await openProject();
    const list = await remoteOf(project, "file").addList("all");
    const { state, env } = open(`house${process.pid}`);
    const keys = { ROLLCALL_TEST_OLD: newStateKey(), ROLLCALL_TEST_NEW: newStateKey() };
    Object.assign(process.env, env, keys);
    try {
      await project.profiles([{ email: "a@example.com" }, { email: "b@example.com" }]);
      await config(project, list, { path: ".rollcall", encryption: { key: { env: "ROLLCALL_TEST_OLD" } } });
      expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", added: 2 });
      const cwd = project.folder;
      const folder = join(cwd, "copy");
      await pullState({ cwd, folder, actor: "tester", signal });

      await config(project, list, { ...state, encryption: { key: { env: "ROLLCALL_TEST_OLD" } } });
      const pushed = await pushState({ cwd, folder, dryRun: false, actor: "tester", signal });
      expect(pushed.result).toMatchObject({ kind: "backup", changed: true });
      await rm(join(cwd, ".rollcall"), { recursive: true });
      await rm(folder, { recursive: true });
      expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });

      const encryption = {
        key: { env: "ROLLCALL_TEST_NEW" },
        previousKeys: [{ env: "ROLLCALL_TEST_OLD" }],
      };
      await config(project, list, { ...state, encryption });
      const rekeyed = await rekeyState({ cwd, actor: "tester", signal });
      expect(rekeyed.result?.rewritten).toBeGreaterThan(0);
      await config(project, list, { ...state, encryption: { key: encryption.key } });
      expect((await project.planOf("weekly")).counts).toMatchObject({ add: 0, update: 0, remove: 0 });
      const collected = await gcState({ cwd, dryRun: false, actor: "tester", signal });
      expect(collected.result?.kept.blobs).toBeGreaterThan(0);

      const backend = await openBackend(await storeOf(project), { folder: cwd, signal });
      const lease = await backend.acquireLease("account-file", info, 60_000, signal);
      expect((await listLocks({ cwd, signal })).locks).toMatchObject([{ id: lease.id, state: "live" }]);
      await releaseLock({ cwd, id: lease.id, approve: () => Promise.resolve(true), signal });
      expect((await listLocks({ cwd, signal })).locks).toEqual([]);

      await config(project, list, { ...state, encryption: { key: { env: "ROLLCALL_TEST_OLD" } } });
      await expect(project.plan()).rejects.toThrow(
        /is encrypted with the key [0-9a-f]{16}; the config gives/,
      );
    } finally {
      for (const name of [...Object.keys(env), ...Object.keys(keys)]) delete process.env[name];
      await project.stop();
    }
  });
}

async function config(project: Project, list: string, state: Yaml): Promise<void> {
  await project.config({
    state,
    segments: { all: { source: "crm" } },
    exports: {
      weekly: { connection: "file", list, segments: ["all"], match: { email: "email" } },
    },
  });
}

async function storeOf(project: Project): Promise<StoreConfig> {
  const { config: loaded } = await loadConfig({ cwd: project.folder, signal });
  if (loaded === undefined) throw new Error("the config is not right");
  return loaded.state.store;
}
