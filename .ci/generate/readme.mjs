// The sessions in README.md, docs/pull-requests.md and docs/own-destination.md: runs the commands of examples against their stand-ins and
// puts what they print between the markers. Needs dist.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rollcall = join(root, "dist/command/rollcall.js");
const env = { BREVO_API_KEY: "sandbox-brevo-key", EXAMPLE_LISTS_KEY: "example-key" };
const [folder, own] = ["files-to-brevo", "own-destination"].map((example) => {
  const copy = mkdtempSync(join(tmpdir(), "rollcall-readme-"));
  cpSync(join(root, "examples", example), copy, { recursive: true });
  return copy;
});

/** Starts a stand-in on a free port, which it tells. */
async function start(words, told) {
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "ignore"] });
  const url = await new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (part) => {
      text += part;
      const found = told.exec(text);
      if (found !== null) resolve(found[1]);
    });
  });
  return { url, stop: () => child.kill("SIGTERM") };
}

function run(words, cwd = folder) {
  const child = spawnSync(process.execPath, [rollcall, ...words], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  if (child.status !== 0)
    throw new Error(`rollcall ${words.join(" ")} ended with ${child.status}: ${child.stderr}`);
  return `$ rollcall ${words.filter((word) => word !== "--auto-approve").join(" ")}\n${child.stdout}`;
}

/** Puts what was printed between the markers of a page. */
async function put(page, sessions, fence) {
  const path = join(root, page);
  let text = readFileSync(path, "utf8");
  const end = fence.replace(/[a-z]+$/u, "");
  for (const [name, session] of Object.entries(sessions)) {
    const block = new RegExp(`(<!-- session: ${name} -->\n\n${fence}\n)[^]*?(^${end}\n)`, "mu");
    if (!block.test(text)) throw new Error(`${page} has no place for the session ${name}`);
    text = text.replace(block, (_, before, after) => `${before}${session.trimEnd()}\n${after}`);
  }
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), parser: "markdown" }));
}

const edit = (from, to, cwd = folder) => {
  const config = join(cwd, "exports.config.yaml");
  const text = readFileSync(config, "utf8");
  if (!text.includes(from)) throw new Error(`the example has no ${from} any more`);
  writeFileSync(config, text.replace(from, to));
};

/** `apply`, as whoever runs it sees it from the question on, and the plan after it. */
function applySession(cwd) {
  const applied = run(["apply", "--auto-approve"], cwd);
  const question = "\nApply these changes? Only `yes` is accepted: yes\n";
  return `$ rollcall apply\n…${question}${applied.slice(applied.indexOf("\nexport "))}\n${run(["plan"], cwd)}`;
}

const sandbox = await start([rollcall, "sandbox", "--port", "0", "--json"], /"url":"([^"]+)"/u);
const lists = await start([join(own, "list-service.mjs"), "0"], /listens on (\S+);/u);
try {
  edit("http://127.0.0.1:8025", sandbox.url);
  const sessions = { plan: run(["plan"]) };
  sessions.apply = applySession(folder);
  edit("('DE', 'FR', 'IE', 'IT', 'PL')", "('DE', 'FR', 'IE', 'IT', 'PL', 'JP')");
  sessions.change = run(["plan"]);
  await put("README.md", sessions, "```console");
  edit("consent: newsletter_consent", "consent: newsletter_consent\n    safeguards: {maxAdds: {count: 0}}");
  const comment = run(["plan", "--markdown"])
    .replace(/^.*\n/u, "")
    .replace(/Planned .{16}Z/u, "Planned 2026-11-28 06:00Z")
    .replace(/`[0-9a-f]{64}`/u, "`5b1f…`");
  await put("docs/pull-requests.md", { comment }, "````text");
  edit("http://127.0.0.1:8026/v1", lists.url, own);
  const planned = { plan: run(["plan"], own), apply: applySession(own) };
  await put("docs/own-destination.md", planned, "```console");
} finally {
  sandbox.stop();
  lists.stop();
  for (const copy of [folder, own]) rmSync(copy, { recursive: true, force: true });
}
