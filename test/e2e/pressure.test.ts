import { expect, it } from "vitest";
import type { CustomLimits } from "../../src/sandbox/index.js";
import { FULL } from "../support/full.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { rollcall } from "../support/rollcall.js";

function people(count: number, of: string): Row[] {
  return Array.from({ length: count }, (_, index) => ({ email: `${of}${index + 1}@example.com`, of }));
}

/** Exports over two connections to one account of each vendor, which keep to the vendors' published numbers. */
async function stage(limits: "vendor" | CustomLimits): Promise<Project> {
  const project = await openProject({
    sandbox: { limits, delays: { jobMs: 20, visibleMs: 0 } },
  });
  const { brevo, sendgrid } = project.connections({ rateLimits: undefined });
  const lists = ["a", "b"].map((name) => String(project.sandbox.brevo().addList(name)));
  const vips = project.sandbox.sendgrid().addList("vips");
  const weekly = (connection: string, list: string | undefined, of: string) => ({
    connection,
    list,
    segments: [of],
    match: { email: "email" },
  });
  await project.config({
    connections: { brevo, again: brevo, sendgrid },
    segments: Object.fromEntries(["a", "b", "c"].map((of) => [of, { source: "crm", where: `of = '${of}'` }])),
    exports: {
      a: weekly("brevo", lists[0], "a"),
      b: weekly("again", lists[1], "b"),
      vips: weekly("sendgrid", vips, "c"),
    },
  });
  await project.profiles([...people(12, "a"), ...people(12, "b"), ...people(12, "c")]);
  return project;
}

function limited(project: Project): number {
  return project.sandbox.stats().endpoints.reduce((sum, endpoint) => sum + endpoint.limited, 0);
}

async function mustEndRight(project: Project): Promise<void> {
  const apply = await rollcall(["apply", "--auto-approve"], { cwd: project.folder });
  expect(apply.code, apply.stdout + apply.stderr).toBe(0);
  const { sandbox } = project;
  for (const name of ["a", "b"]) {
    const [list = 0] = sandbox.brevo().listIds(name);
    expect(sandbox.brevo().memberCount(list)).toBe(12);
  }
  expect(sandbox.sendgrid().memberCount(sandbox.sendgrid().listIds("vips")[0] ?? "")).toBe(12);
}

it.concurrent(
  "under the vendors' real numbers several exports meet no 429, nor does the next run",
  { timeout: 120_000 },
  async ({ onTestFinished }) => {
    const project = await stage("vendor");
    onTestFinished(() => project.stop());
    await mustEndRight(project);
    const plan = await rollcall(["plan", "--detailed-exitcode"], { cwd: project.folder });
    expect(plan.code, plan.stdout + plan.stderr).toBe(0);
    expect(limited(project)).toBe(0);
  },
);

const forms = ["seconds", "epoch", "none", "negative", "huge", "past"] as const;

it.concurrent.for(FULL ? forms : (["none"] as const))(
  "a stingy account whose reset is told as %s: 429s are waited out and the lists end right",
  { timeout: 180_000 },
  async (reset, { onTestFinished }) => {
    const project = await stage({ contactsPerSecond: 6, perMinute: 60, reset });
    onTestFinished(() => project.stop());
    await mustEndRight(project);
    if (reset === "seconds") expect(limited(project)).toBeLessThanOrEqual(12);
  },
);
