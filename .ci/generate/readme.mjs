// The sessions in README.md and docs/pull-requests.md: runs the commands of examples/files-to-brevo against the sandbox and puts
// what they print between the markers. Needs dist.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rollcall = join(root, "dist/command/rollcall.js");
const folder = mkdtempSync(join(tmpdir(), "rollcall-readme-"));
const config = join(folder, "exports.config.yaml");

const sandbox = spawn(process.execPath, [rollcall, "sandbox", "--port", "0", "--json"], {
  stdio: ["ignore", "pipe", "ignore"],
});
const url = await new Promise((resolve) => {
  let text = "";
  sandbox.stdout.on("data", (part) => {
    text += part;
    const found = /"url":"([^"]+)"/u.exec(text);
    if (found !== null) resolve(found[1]);
  });
});

function run(words) {
  const child = spawnSync(process.execPath, [rollcall, ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", BREVO_API_KEY: "sandbox-brevo-key" },
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

const edit = (from, to) => {
  const text = readFileSync(config, "utf8");
  if (!text.includes(from)) throw new Error(`the example has no ${from} any more`);
  writeFileSync(config, text.replace(from, to));
};

try {
  cpSync(join(root, "examples/files-to-brevo"), folder, { recursive: true });
  edit("http://127.0.0.1:8025", url);
  const sessions = { plan: run(["plan"]) };
  const applied = run(["apply", "--auto-approve"]);
  const question = "\nApply these changes? Only `yes` is accepted: yes\n";
  sessions.apply = `$ rollcall apply\n…${question}${applied.slice(applied.indexOf("\nexport "))}\n${run(["plan"])}`;
  edit("('DE', 'FR', 'IE', 'IT', 'PL')", "('DE', 'FR', 'IE', 'IT', 'PL', 'JP')");
  sessions.change = run(["plan"]);
  await put("README.md", sessions, "```console");
  edit("consent: newsletter_consent", "consent: newsletter_consent\n    safeguards: {maxAdds: {count: 0}}");
  const comment = run(["plan", "--markdown"])
    .replace(/^.*\n/u, "")
    .replace(/Planned .{16}Z/u, "Planned 2026-11-28 06:00Z")
    .replace(/`[0-9a-f]{64}`/u, "`5b1f…`");
  await put("docs/pull-requests.md", { comment }, "````text");
} finally {
  sandbox.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
