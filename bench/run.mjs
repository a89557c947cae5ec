// npm run bench [-- --rows 100000]: what a million profiles cost, side by side with the physical floor.
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { barePost, bareDiff } from "./floor.mjs";
import { events, median, rollcall, stageSeconds } from "./measure.mjs";
import { writeProfiles } from "./profiles.mjs";
import { writeProject } from "./project.mjs";

const flag = process.argv.indexOf("--rows");
const ROWS = flag === -1 ? 1_000_000 : Number(process.argv[flag + 1]);
const KEYS = { brevo: "sandbox-brevo-key", sendgrid: "SG.sandbox-key" };
const LIMIT = { brevo: { bytes: 8e6, rows: Infinity }, sendgrid: { bytes: 6e6, rows: 30_000 } };
const WRITES = { brevo: "POST /contacts/import", sendgrid: "PUT /v3/marketing/contacts" };

function startSandbox() {
  const child = fork(fileURLToPath(new URL("./sandbox.mjs", import.meta.url)), {
    execArgv: ["--max-old-space-size=4096"],
  });
  const ask = (question) =>
    new Promise((resolve) => {
      child.once("message", resolve);
      if (question !== undefined) child.send(question);
    });
  return ask().then((urls) => ({ ...urls, stats: () => ask("stats"), stop: () => child.kill() }));
}

function line(cells) {
  console.log(`| ${cells.join(" | ")} |`);
}

const seconds = (value) => `${value.toFixed(1)} s`;
const megabytes = (value) => `${Math.round(value / 1e6)} MB`;

async function step(name, args, project, results) {
  const result = await rollcall(args, project);
  if (result.code !== 0) throw new Error(`${name} ended with ${result.code}: ${result.error.slice(-500)}`);
  const optOuts = `of which opt-out read ${seconds(stageSeconds(result, "reading opt-outs"))}`;
  results.push([name, `${seconds(result.seconds)}, ${optOuts}`, megabytes(result.peak)]);
  return result;
}

async function benchDestination(type, { boolean }) {
  const label = `${type}${boolean ? " (CSV import, a boolean)" : ""}`;
  const folder = await mkdtemp(join(tmpdir(), "rollcall-bench-"));
  const sandbox = await startSandbox();
  try {
    const project = { cwd: folder, env: { BENCH_KEY: KEYS[type] } };
    await writeProfiles(join(folder, "profiles.csv"), { from: 0, to: ROWS });
    await writeProject(folder, {
      type,
      url: type === "brevo" ? sandbox.brevoUrl : sandbox.sendgridUrl,
      boolean,
    });
    const results = [];
    await step(`${label}: first apply`, ["apply", "--auto-approve", "--json"], project, results);
    const { stats, rss } = await sandbox.stats();
    const writes = stats.endpoints.find(
      ({ vendor, endpoint }) =>
        vendor === type &&
        endpoint.endsWith(WRITES[type].split(" ")[1]) &&
        endpoint.startsWith(WRITES[type].split(" ")[0]),
    );
    const least = Math.ceil(Math.max(ROWS / LIMIT[type].rows, writes.bytes / LIMIT[type].bytes));
    const unchanged = await step(`${label}: plan, nothing changed`, ["plan", "--json"], project, results);
    mustBeEmpty(unchanged);
    const leavers = Math.round(ROWS * 0.0025);
    await writeProfiles(join(folder, "profiles.csv"), {
      from: leavers,
      to: ROWS + leavers,
      changedEvery: 200,
    });
    await step(`${label}: 1% churn, plan and apply`, ["apply", "--auto-approve", "--json"], project, results);
    mustBeEmpty(await rollcall(["plan", "--json"], project));
    for (const result of results) line(result);
    line([
      `${label}: write requests of the first apply`,
      `${writes.requests} (least possible ${least})`,
      megabytes(writes.bytes),
    ]);
    line([`${label}: sandbox after the first apply`, "", megabytes(rss * 1024)]);
    const post = await barePost(folder, writes);
    line([`floor: curl posts the same bytes`, post === undefined ? "no curl here" : seconds(post), ""]);
    line([`floor: the diff as one bare query`, seconds(await bareDiff(folder, ROWS)), ""]);
  } finally {
    sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function mustBeEmpty(result) {
  const plan = events(result).find(({ type }) => type === "plan")?.plan;
  const { add, update, remove } = plan.exports[0].counts;
  if (add + update + remove !== 0) throw new Error(`the plan is not empty: ${add} ${update} ${remove}`);
}

async function benchStart() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  for (const args of [["--version"], ["validate"]]) {
    const times = [];
    for (let run = 0; run < 7; run++) times.push((await rollcall(args, { cwd: root })).seconds);
    line([`rollcall ${args.join(" ")} (median of 7)`, `${Math.round(median(times) * 1000)} ms`, ""]);
  }
}

const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, node ${process.version}, ${ROWS.toLocaleString("en-US")} profiles, 8 attributes\n`,
);
line(["what", "wall clock (sandbox included)", "peak memory / bytes"]);
line(["---", "---:", "---:"]);
await benchStart();
await benchDestination("sendgrid", { boolean: false });
await benchDestination("brevo", { boolean: false });
await benchDestination("brevo", { boolean: true });
