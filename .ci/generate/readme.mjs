// The sessions in README.md: runs the commands of examples/files-to-brevo against the sandbox and puts
// what they print between the markers. Needs dist.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rollcall = join(root, "dist/cli/main.js");
const readme = join(root, "README.md");
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
  let text = readFileSync(readme, "utf8");
  for (const [name, session] of Object.entries(sessions)) {
    const block = new RegExp(`(<!-- session: ${name} -->\n\n\`\`\`console\n)[^]*?(\`\`\`\n)`, "u");
    if (!block.test(text)) throw new Error(`README.md has no place for the session ${name}`);
    text = text.replace(block, (_, before, after) => `${before}${session.trimEnd()}\n${after}`);
  }
  writeFileSync(readme, await format(text, { ...(await resolveConfig(readme)), parser: "markdown" }));
} finally {
  sandbox.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
