import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { serve } from "../../../src/usecases/serve.js";
import type { HttpReceiver } from "../../support/receivers/http-receiver.js";
import { slackReceiver, type SlackMessage } from "../../support/receivers/slack-receiver.js";

let folder: string;
let receiver: HttpReceiver;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-told-"));
  receiver = slackReceiver("/services/x");
  await receiver.start();
  await writeFile(join(folder, "url"), `${receiver.url}/services/x`);
  const config = {
    version: 1,
    schedule: { cron: "0 4 * * *" },
    connections: { c: { type: "file", path: "lists" } },
    sources: { s: { type: "files", path: "s.csv" } },
    segments: { all: { source: "s" } },
    exports: { weekly: { connection: "c", list: "l", segments: ["all"], match: { email: "email" } } },
    notifiers: { ops: { type: "slack", url: { file: "url" } } },
  };
  await writeFile(join(folder, "exports.config.yaml"), JSON.stringify(config));
});
afterEach(async () => {
  await receiver.stop();
  await rm(folder, { recursive: true });
});

it("serve reports once that the state cannot be read, and once that it can be again, though nothing is due", async () => {
  const root = join(folder, ".rollcall", "root");
  await mkdir(root, { recursive: true });
  await writeFile(join(root, "000000000001.json"), "{");
  const stop = new AbortController();
  const ready: boolean[] = [];
  await serve({
    cwd: folder,
    listen: { host: "127.0.0.1", port: 0 },
    intervalSeconds: 0.3,
    emit: () => undefined,
    signal: new AbortController().signal,
    stop: stop.signal,
    actor: "tester",
    onReady: () => undefined,
    onRound: ({ readiness }) => {
      ready.push(readiness.ready);
      if (ready.length === 3) void rm(root, { recursive: true });
      if (ready.length === 5) stop.abort();
    },
  });
  expect(ready).toEqual([false, false, false, true, true]);
  const titles = receiver.taken.map(({ body }) => (JSON.parse(body) as SlackMessage).text.split("\n")[0]);
  expect(titles).toEqual(["Rollcall: apply failed", "Rollcall: apply is well again"]);
});
