// Runs the built CLI as a user does and measures the whole process.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../dist/command/rollcall.js", import.meta.url));
const PEAK = new URL("./peak-memory.mjs", import.meta.url).href;

/** `{seconds, peak (bytes), code, out}` of one command. */
export function rollcall(args, { cwd, env = {} }) {
  return new Promise((resolve) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, ["--import", PEAK, CLI, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const text = { out: "", error: "" };
    let memory = "";
    const stages = [];
    child.stdio[1].on("data", (data) => {
      text.out += data;
      const now = Number(process.hrtime.bigint() - started) / 1e9;
      for (const [, stage] of String(data).matchAll(/"stage":"([^"]+)"/g)) stages.push({ stage, at: now });
    });
    child.stdio[2].on("data", (data) => (text.error += data));
    child.stdio[3].on("data", (data) => (memory += data));
    child.on("close", (code) => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      const { peak } = JSON.parse(memory || '{"peak":0}');
      resolve({ seconds, peak, code, stages, ...text });
    });
  });
}

/** The events of a command run with --json. */
export function events({ out }) {
  return out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Seconds from a stage to the one that followed it. */
export function stageSeconds({ stages }, name) {
  const index = stages.findIndex(({ stage }) => stage.startsWith(name));
  return index === -1 ? 0 : (stages[index + 1]?.at ?? stages[index].at) - stages[index].at;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
