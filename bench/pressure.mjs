// npm run bench:pressure [-- --requests 60]: how fast exports go under the vendors' limits and under a stingy account.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../dist/sandbox/index.js";
import { events, rollcall } from "./measure.mjs";

const flag = process.argv.indexOf("--requests");
const REQUESTS = flag === -1 ? 60 : Number(process.argv[flag + 1]);
/** People a removal request takes at Brevo. */
const A_REQUEST = 150;

/** Two exports over two connections to one account, whose members all leave: nothing but requests of one bucket. */
async function writeProject(folder, url, lists) {
  const connection = `{type: brevo, apiKey: {env: BENCH_KEY}, baseUrl: ${url}, dataPrivacy: {agreed: true, by: Benchmark, on: 2026-11-01}}`;
  const safe =
    "{maxRemovals: {count: 10000000, share: 100%}, maxWithdrawals: {count: 10000000, share: 100%}, allowEmpty: true}";
  const weekly = (name, to, list) =>
    `  ${name}: {connection: ${to}, list: "${list}", segments: [${name}], match: {email: email}, readBack: {sample: 1}, safeguards: ${safe}}`;
  await writeFile(
    join(folder, "exports.config.yaml"),
    `version: 1
connections:
  first: ${connection}
  second: ${connection}
sources:
  people: {type: files, path: people.csv}
segments:
  a: {source: people, where: "list = 'a'"}
  b: {source: people, where: "list = 'b'"}
exports:
${weekly("a", "first", lists[0])}
${weekly("b", "second", lists[1])}
`,
  );
}

function people(count) {
  const rows = ["email,list"];
  for (let i = 0; i < count; i++) rows.push(`a${i}@example.com,a`, `b${i}@example.com,b`);
  return `${rows.join("\n")}\n`;
}

async function measure(name, limits, possible) {
  const sent = [];
  const sandbox = await startSandbox({
    limits,
    delays: "none",
    onExchange: ({ path, status }) => {
      if (path.startsWith("/contacts"))
        sent.push({ at: Date.now(), status, remove: path.endsWith("/remove") });
    },
  });
  const folder = await mkdtemp(join(tmpdir(), "rollcall-pressure-"));
  try {
    const account = sandbox.brevo();
    await writeProject(folder, sandbox.brevoUrl, [account.addList("a"), account.addList("b")]);
    const env = { cwd: folder, env: { BENCH_KEY: "sandbox-brevo-key" } };
    await writeFile(join(folder, "people.csv"), people((REQUESTS / 2) * A_REQUEST + 1));
    await must(["apply", "--auto-approve", "--json"], env);
    await writeFile(join(folder, "people.csv"), people(1));
    const result = await must(["apply", "--auto-approve", "--json"], env);
    const removals = sent.filter(({ remove, status }) => remove && status < 300);
    const [first, last] = [removals[0].at, removals.at(-1).at];
    const all = sent.filter(({ at, status }) => at >= first && at <= last && status !== 429);
    const achieved = (all.length - 1) / ((last - first) / 1000);
    const waits = events(result).filter(({ type }) => type === "waiting");
    const cells = [
      name,
      String(all.length),
      achieved.toFixed(1),
      String(possible),
      `${Math.round((achieved / possible) * 100)} %`,
      String(sent.filter(({ status }) => status === 429).length),
      `${waits.length} (${waits.reduce((sum, { seconds }) => sum + seconds, 0)} s)`,
    ];
    console.log(`| ${cells.join(" | ")} |`);
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function must(words, env) {
  const result = await rollcall(words, env);
  if (result.code !== 0)
    throw new Error(`${words[0]} ended with ${result.code}: ${result.error.slice(-800)}`);
  return result;
}

console.log("| account | requests | achieved a second | possible | share | 429 | announced waits |");
console.log("| --- | --- | --- | --- | --- | --- | --- |");
await measure("Brevo general", "vendor", 10);
for (const reset of ["seconds", "epoch", "none", "negative", "huge", "past"])
  await measure(`stingy, reset: ${reset}`, { contactsPerSecond: 4, reset }, 4);
