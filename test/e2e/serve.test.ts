import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clockAt } from "../support/clock.js";
import { openProject, type Project } from "../support/project.js";
import { rollcall, start, type Started } from "../support/rollcall.js";

/** Tomorrow at a time, in UTC. */
const tomorrow = (time: string): string =>
  `${new Date(Date.now() + 24 * 3_600_000).toISOString().slice(0, 10)}T${time}:00Z`;

let project: Project;
let list: number;
let server: Started | undefined;

beforeEach(async () => {
  project = await openProject({ sandbox: { delays: { jobMs: 1000, visibleMs: 0 } } });
  list = project.sandbox.brevo().addList("customers");
  await project.profiles([
    { email: "anna@canary.example" },
    { email: "ben@canary.example" },
    { email: "nobody" },
  ]);
  await project.config({
    schedule: { cron: "0 4 * * *" },
    segments: { all: { source: "crm" } },
    exports: { weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" } } },
  });
  // The schedule is seen for the first time the hour before.
  const words = ["apply", "--due", "--auto-approve"];
  await rollcall(words, { cwd: project.folder, env: clockAt(tomorrow("03:00")) });
});
afterEach(async () => {
  server?.child.kill("SIGKILL");
  await server?.ended;
  server = undefined;
  await project.stop();
});

interface Serving {
  readonly url: string;
  /** Waits for a line of its NDJSON that this takes. */
  until(what: (event: { type: string; [key: string]: unknown }) => boolean): Promise<void>;
}

/** Starts `serve` a moment after the export has become due. */
async function serving(): Promise<Serving> {
  const words = ["serve", "--listen", "127.0.0.1:0", "--interval", "1s", "--json"];
  server = start(words, { cwd: project.folder, env: clockAt(tomorrow("04:00")) });
  let text = "";
  server.child.stdout?.on("data", (part: string) => (text += part));
  const events = (): { type: string; [key: string]: unknown }[] =>
    text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { type: string });
  const until = async (what: Parameters<Serving["until"]>[0]): Promise<void> => {
    for (const deadline = Date.now() + 25_000; !events().some(what);) {
      if (Date.now() > deadline) throw new Error(`it never came to this; so far: ${text}`);
      await delay(5);
    }
  };
  await until(({ type }) => type === "result");
  const ready = events().find(({ type }) => type === "result") as unknown as { data: { url: string } };
  return { url: ready.data.url, until };
}

/** The status and the text of an endpoint, once its status is this. */
async function get(url: string, status: number): Promise<string> {
  for (const deadline = Date.now() + 25_000; ;) {
    const response = await fetch(url);
    const text = await response.text();
    if (response.status === status) return text;
    if (Date.now() > deadline) throw new Error(`${url} answers ${response.status}: ${text}`);
    await delay(20);
  }
}

/** The values of metrics in Prometheus' text format, by name and labels; throws at a line that is none. */
function parsed(text: string): Map<string, number> {
  const values = new Map<string, number>();
  const types = new Set<string>();
  for (const line of text.split("\n").slice(0, -1)) {
    const type = /^# TYPE ([a-z_]+) (?:counter|gauge)$/.exec(line);
    if (type !== null) types.add(type[1] ?? "");
    if (line.startsWith("# ")) continue;
    const match = /^([a-z_]+)(\{(?:[a-z_]+="[^"\\\n]*"(?:,|(?=\})))+\})? (-?[0-9.e+]+)$/.exec(line);
    if (match === null || !types.has(match[1] ?? "")) throw new Error(`no metric: ${line}`);
    values.set(`${match[1]}${match[2] ?? ""}`, Number(match[3]));
  }
  return values;
}

test("serve applies what is due, says how it goes, and runs nothing on a config that is invalid", async () => {
  const { url, until } = await serving();
  expect(await get(`${url}/healthz`, 200)).toBe("ok\n");
  await until(({ type }) => type === "run");
  await get(`${url}/readyz`, 200);
  const text = await get(`${url}/metrics`, 200);
  expect(text).not.toContain("canary");
  const metrics = parsed(text);
  expect(Object.fromEntries(metrics)).toMatchObject({
    rollcall_ready: 1,
    rollcall_config_valid: 1,
    'rollcall_export_due_lag_seconds{export="weekly",connection="brevo"}': 0,
    'rollcall_export_status{export="weekly",connection="brevo",status="succeeded"}': 1,
    'rollcall_held_back{export="weekly"}': 1,
    'rollcall_runs_total{export="weekly",status="succeeded"}': 1,
    'rollcall_contacts_total{export="weekly",outcome="added"}': 2,
  });
  const success = metrics.get(
    'rollcall_export_last_success_timestamp_seconds{export="weekly",connection="brevo"}',
  );
  expect(success).toBeGreaterThanOrEqual(Date.parse(tomorrow("04:00")) / 1000);
  expect(metrics.get("rollcall_run_seconds_total")).toBeGreaterThan(1);
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(`${url}/metrics`, { method: "POST" })).status).toBe(405);

  const config = await project.read("exports.config.yaml");
  await project.write("exports.config.yaml", config.replace("0 4 * * *", "0 4 * *"));
  expect(await get(`${url}/readyz`, 503)).toContain("five fields");
  expect(parsed(await get(`${url}/metrics`, 200)).get("rollcall_config_valid")).toBe(0);
  await project.write("exports.config.yaml", config);
  await get(`${url}/readyz`, 200);

  server?.child.kill("SIGTERM");
  const ended = await server?.ended;
  expect(ended?.code, ended?.stderr).toBe(0);
  expect(ended?.events.filter(({ type }) => type === "run")).toHaveLength(1);
});

test("a signal in the middle of an apply lets the request in flight be finished and recorded", async () => {
  const { until } = await serving();
  await until(({ type, outcome }) => type === "batch" && outcome === "sent");
  server?.child.kill("SIGTERM");
  const ended = await server?.ended;
  expect(ended?.code, ended?.stderr).toBe(0);
  expect(project.sandbox.brevo().members(list)).toHaveLength(2);
  const env = clockAt(tomorrow("04:10"));
  const plan = await rollcall(["plan", "--detailed-exitcode"], { cwd: project.folder, env });
  expect(plan.code, plan.stdout).toBe(0);
  const { stdout } = await rollcall(["history"], { cwd: project.folder, env });
  expect(stdout).toMatch(/^ {2}weekly +(succeeded|interrupted) +2 added, 1 held back$/m);
});
