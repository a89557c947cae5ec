import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { project } from "../support/rollcall.js";

test("the demo plays to its end and leaves nothing behind", { timeout: 240_000 }, () => {
  const own = mkdtempSync(join(tmpdir(), "rollcall-demo-test-"));
  const demo = spawnSync(process.execPath, [join(project, "examples/demo/demo.mjs")], {
    encoding: "utf8",
    env: { ...process.env, TMPDIR: own },
  });
  const left = readdirSync(own);
  rmSync(own, { recursive: true });
  expect(demo.status, demo.stderr).toBe(0);
  expect(demo.stdout.match(/^Apply complete: /gm)).toHaveLength(2);
  expect(demo.stdout.match(/^No changes\. /gm)).toHaveLength(2);
  expect(left).toEqual([]);
});
