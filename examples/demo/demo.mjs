// The whole job in a minute or two, through the command that users run: two vendors (the sandbox stands
// in for them), thousands of generated people, plan, apply, an empty plan, a change, and only the
// difference sent. Everything happens in a temporary folder.
import { spawn, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { generateProfiles } from "../generate-profiles.mjs";
import { editConfig, optOutAtVendors, readColumn, writePeople } from "./story.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rollcall = join(root, "dist/command/rollcall.js");
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text);
const KEYS = { BREVO_API_KEY: "sandbox-brevo-key", SENDGRID_API_KEY: "SG.sandbox-key" };

let chapter = 0;
async function heading(title, text) {
  chapter += 1;
  console.log(`\n${paint("1;36", `── ${chapter}. ${title} ${"─".repeat(Math.max(0, 74 - title.length))}`)}`);
  if (text) console.log(paint("2", text));
  if (process.stdout.isTTY) await pause(1200);
  console.log();
}

/** Runs the command as a user would and shows it; fails the demo when it does not end well. */
function run(folder, words, show = (text) => text) {
  console.log(paint("1", `$ rollcall ${words.join(" ")}`));
  const child = spawnSync(process.execPath, [rollcall, ...words], {
    cwd: folder,
    env: { ...process.env, ...KEYS, ...(colour ? { FORCE_COLOR: "1" } : {}) },
    stdio: ["ignore", "pipe", process.stderr.isTTY ? "inherit" : "pipe"],
    encoding: "utf8",
  });
  process.stdout.write(show(child.stdout));
  if (child.status === 0) return;
  throw new Error(`rollcall ${words.join(" ")} ended with ${child.status}\n${child.stderr ?? ""}`);
}

/** `apply` shows its plan first; who has just read it need not read it again. */
function withoutPlan(text) {
  const at = text.search(/^.*Plan: .*$/mu);
  return at < 0 ? text : `${paint("2", "(the plan as above)")}\n${text.slice(at)}`;
}

/** Starts the sandbox and waits for its first words. */
async function startSandbox(folder) {
  const child = spawn(process.execPath, [rollcall, "sandbox", "--port", "0", "--json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "ignore"],
  });
  let text = "";
  for await (const part of child.stdout) {
    text += part;
    const ready = text.split("\n").find((line) => line.includes('"command":"sandbox"') && line.endsWith("}"));
    if (ready !== undefined) return { child, ...JSON.parse(ready).data };
  }
  throw new Error("the sandbox did not start");
}

async function tell(folder) {
  const data = join(folder, "data");
  await heading(
    "The profiles",
    "8,000 generated customers from 20 countries, with broken addresses and phones, twins and typos.",
  );
  await generateProfiles({ rows: 8000, folder: data });
  const lines = (await readFile(join(data, "profiles-1.csv"), "utf8")).split("\n").slice(0, 6);
  for (const line of lines) console.log(`  ${paint("2", line.length > 76 ? `${line.slice(0, 75)}…` : line)}`);
  const addresses = await readColumn(join(data, "profiles-1.csv"), "email");
  await writePeople(join(folder, "people"), addresses);

  const sandbox = await startSandbox(folder);
  try {
    await heading(
      "The vendors",
      "`rollcall sandbox` stands in for Brevo and SendGrid. A few people have opted out there already.",
    );
    await cp(join(root, "exports.config.yaml"), join(folder, "exports.config.yaml"));
    await editConfig(folder, (yaml) => yaml.replaceAll("http://127.0.0.1:8025", sandbox.url));
    await optOutAtVendors(sandbox, KEYS, addresses.slice(40, 400));
    run(folder, ["connections", "test", "newsletter"]);

    await heading("The configuration", "Which people belong on which list, in one file that a team reviews.");
    run(folder, ["validate"]);

    await heading(
      "The plan",
      "Who would be added, changed, removed or held back, and why. It changes nothing.",
    );
    run(folder, ["plan"]);

    await heading("The apply", "The same plan, carried out and confirmed by the vendors.");
    run(folder, ["apply", "--auto-approve"], withoutPlan);

    await heading("Plan again", "What was delivered is recorded, so there is nothing left to do.");
    run(folder, ["plan"]);

    await heading("Life goes on", "People move, join and leave; and the team lets Dutch customers in.");
    await generateProfiles({ rows: 8000, folder: data, churn: 0.01 });
    await editConfig(folder, (yaml) =>
      yaml.replace("country in ('DE', 'AT', 'CH')", "country in ('DE', 'AT', 'CH', 'NL')"),
    );
    run(folder, ["plan"]);

    await heading("Only the difference is sent");
    run(folder, ["apply", "--auto-approve"], withoutPlan);
    run(folder, ["plan", "--detailed-exitcode"]);

    await heading("The lists as the vendors hold them");
    run(folder, ["connections", "test"]);
  } finally {
    sandbox.child.kill("SIGTERM");
  }
}

const folder = await mkdtemp(join(tmpdir(), "rollcall-demo-"));
const started = Date.now();
try {
  await mkdir(join(folder, "people"));
  await tell(folder);
  console.log(
    `\n${paint("1;32", "That was it.")} ${Math.round((Date.now() - started) / 1000)} seconds, and nothing left behind.`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
