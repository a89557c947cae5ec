// Runs the built command one time after the other, each as if in a process of its own: its words, folder, environment, umask
// and output are its own. Loading the program and the SQL engine is two thirds of what a short command costs.
import { fileURLToPath, pathToFileURL } from "node:url";

const main = fileURLToPath(new URL("../../dist/command/rollcall.js", import.meta.url));
const url = pathToFileURL(main).href;
const streams = [process.stdout, process.stderr];
const exit = process.exit.bind(process);
const inherited = process.umask();
/** Those of Node and of this file; what a command adds goes with it. */
const EVENTS = ["uncaughtException", "SIGINT", "SIGTERM"];
let count = 0;

process.on("disconnect", () => exit(0));
process.on("message", (command) => void run(command));

async function run({ words, cwd, env, mark, umask = inherited }) {
  process.chdir(cwd);
  process.umask(umask);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  process.argv = [process.execPath, main, ...words];
  process.exitCode = undefined;
  const ended = new Promise((resolve) => {
    process.exit = (code) => resolve(code ?? process.exitCode ?? 0);
  });
  // After a defect nothing in here can be relied on: this ends as the command would.
  process.once("uncaughtException", () => (process.exit = exit));
  // Only its few first lines run again; all that they load is there.
  await import(`${url}?${(count += 1)}`);
  const code = await (process.exitCode === undefined ? ended : process.exitCode);
  for (const event of EVENTS) process.removeAllListeners(event);
  for (const stream of streams) {
    stream.removeAllListeners("error");
    stream.write(mark);
  }
  process.send({ code });
}
