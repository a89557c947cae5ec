import { readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { runWarm } from "./warm-command.js";

let switchboard: Promise<number> | undefined;

/**
 * The text of a program for bash that does as the built command would, in a process that runs already: with its own
 * words, folder and environment. It has neither a terminal nor anything on stdin.
 */
export async function warmProgram(): Promise<string> {
  switchboard ??= openSwitchboard();
  return `call=$(mktemp -d)
printf '%s\\0' "$PWD" "$@" > "$call/words"
env -0 > "$call/env"
exec 3<>/dev/tcp/127.0.0.1/${await switchboard}
echo "$call" >&3
read -r code <&3
cat "$call/stdout"
cat "$call/stderr" >&2
rm -r "$call"
exit "$code"
`;
}

/** The port on which a folder is told that holds a call; what comes back is its exit code. */
function openSwitchboard(): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.setEncoding("utf8").once("data", (line: string) => {
      void carryOut(line.trimEnd()).then((code) => socket.end(`${code}\n`));
    });
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      server.unref();
      resolve((server.address() as { port: number }).port);
    });
  });
}

async function carryOut(call: string): Promise<number> {
  const read = async (name: string): Promise<string[]> =>
    (await readFile(join(call, name), "utf8")).split("\0").slice(0, -1);
  const [cwd = "", ...words] = await read("words");
  const env = Object.fromEntries(
    (await read("env")).map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)]),
  );
  const { code, stdout, stderr } = await runWarm(words, cwd, env);
  await writeFile(join(call, "stdout"), stdout);
  await writeFile(join(call, "stderr"), stderr);
  return code ?? 1;
}
