import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("./warm-command.mjs", import.meta.url));
/** After as many, what a command may have left behind is left behind with its process. */
const COMMANDS = 100;

/** What Node and native code read once, when a process starts. */
const AT_START = /^(NODE_|UV_|LD_|MALLOC|TZ$|LANG$|LC_|TERM$|FORCE_COLOR$|COLORTERM$|ROLLCALL_DEBUG$)/u;

export interface Written {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

interface Command {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  readonly umask: number | undefined;
}

interface Warm {
  readonly child: ChildProcess;
  commands: number;
}

/** By what they read when they started. */
const idle = new Map<string, Warm[]>();
const atStart = readAtStart(process.env);

/** Whether a process that runs already may run a command in this environment. */
export function mayRunWarm(env: Environment): boolean {
  return readAtStart(env) === atStart;
}

function readAtStart(env: Environment): string {
  return JSON.stringify(
    Object.entries(env)
      .filter(([name, value]) => value !== undefined && AT_START.test(name))
      .sort(),
  );
}

export interface WarmOptions {
  /** Its own instead of that of the tests. */
  readonly umask?: number;
  /** Told which process it is. */
  readonly onStart?: (pid: number) => void;
}

/** Runs the built command in a process that has run others before, and waits for its end. */
export async function runWarm(
  words: readonly string[],
  cwd: string,
  env: Environment,
  { umask, onStart }: WarmOptions = {},
): Promise<Written> {
  const key = readAtStart(env);
  const waiting = idle.get(key) ?? [];
  idle.set(key, waiting);
  const warm = waiting.pop() ?? { child: startProcess(env), commands: 0 };
  warm.commands += 1;
  onStart?.(warm.child.pid!);
  const written = await runIn(warm.child, { words, cwd, env, umask });
  if (warm.child.exitCode !== null || warm.child.signalCode !== null) return written;
  if (warm.commands < COMMANDS) waiting.push(warm);
  else warm.child.disconnect();
  return written;
}

function startProcess(env: Environment): ChildProcess {
  const child = fork(program, { env, execArgv: [], stdio: ["ignore", "pipe", "pipe", "ipc"] });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8");
  return child;
}

/** Gives what it wrote up to the mark that follows its last words. */
async function runIn(child: ChildProcess, command: Command): Promise<Written> {
  const mark = `\u0000end of ${crypto.randomUUID()}\u0000`;
  keepAlive(child, true);
  const outputs = [child.stdout, child.stderr].map((stream) => readTo(stream!, mark));
  const code = new Promise<number | null>((resolve, reject) => {
    child.once("message", (said: { code: number }) => resolve(said.code));
    child.once("error", reject);
    child.once("exit", (ended) => resolve(ended));
  });
  child.send({ ...command, mark });
  const [stdout = "", stderr = ""] = await Promise.all(outputs);
  const ended = await code;
  for (const event of ["message", "error", "exit"]) child.removeAllListeners(event);
  keepAlive(child, false);
  return { code: ended, stdout, stderr };
}

/** What comes before the mark, or before the end of the stream. */
function readTo(stream: NodeJS.ReadableStream, mark: string): Promise<string> {
  let text = "";
  return new Promise((resolve) => {
    const take = (part: string): void => {
      text += part;
      if (text.endsWith(mark)) done(text.slice(0, -mark.length));
    };
    const end = (): void => done(text);
    const done = (whole: string): void => {
      stream.off("data", take).off("close", end);
      resolve(whole);
    };
    stream.on("data", take).on("close", end);
  });
}

/** One that waits keeps no test process from ending, and ends with it. */
function keepAlive(child: ChildProcess, alive: boolean): void {
  const word = alive ? "ref" : "unref";
  child[word]();
  child.channel?.[word]();
  for (const stream of [child.stdout, child.stderr])
    (stream as unknown as { ref(): void; unref(): void })[word]();
}
