import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FULL } from "../full.js";
import { project } from "../rollcall.js";
import { warmProgram } from "../warm-program.js";
import { PACKED } from "./installed.js";

export interface Outcome {
  readonly code: number | null;
  /** What went to stdout and stderr. */
  readonly log: string;
}

const BUILT = `exec ${quoted(process.execPath)} ${quoted(`${project}dist/command/rollcall.js`)} "$@"\n`;

/** How GitHub and GitLab run bash; Azure does so without. */
const STRICT = ["-eo", "pipefail"];

/** A machine of a CI system: an empty workspace, programs, and nothing of any run before. */
export class Machine {
  readonly workspace: string;
  readonly temp: string;
  readonly #bin: string;
  readonly #root: string;
  readonly #first: string[] = [];

  private constructor(root: string) {
    this.#root = root;
    this.workspace = join(root, "workspace");
    this.temp = join(root, "temp");
    this.#bin = join(root, "bin");
  }

  /**
   * `npm` takes these calls alone, and does nothing; without calls it is the real one. For those of `INSTALL` it wants nothing
   * around it but what the team packed, and puts the built command there, which is faster than a registry.
   */
  static async start(npm: readonly string[] | undefined): Promise<Machine> {
    const machine = new Machine(await mkdtemp(join(tmpdir(), "rollcall-ci-")));
    for (const folder of [machine.workspace, machine.temp, machine.#bin]) await mkdir(folder);
    if (npm === undefined) return machine;
    const installed = join(machine.#bin, "installed");
    await writeFile(installed, `#!/usr/bin/env bash\n${FULL ? BUILT : await warmProgram()}`);
    const script = `#!/usr/bin/env bash
case "$*" in
  ${npm.map(quoted).join(" | ")}) ;;
  *) echo "unexpected: npm $*" >&2; exit 90 ;;
esac
${npm === INSTALL ? "" : "exit 0"}
[ "$(ls -A | grep -v '^bin$' | tr '\\n' ' ')" = "package-lock.json package.json rollcall.tgz " ] || { echo "something else is here: $(ls -A)" >&2; exit 91; }
[ "$(cat rollcall.tgz)" = ${quoted(PACKED)} ] || { echo "this is not what the team packed" >&2; exit 92; }
mkdir -p node_modules/.bin
cp ${quoted(installed)} node_modules/.bin/rollcall
chmod +x node_modules/.bin/rollcall
`;
    await writeFile(join(machine.#bin, "npm"), script);
    await chmod(join(machine.#bin, "npm"), 0o755);
    return machine;
  }

  /** Has the programs of a folder found before others, in the steps that follow. */
  prepend(folder: string): void {
    this.#first.unshift(folder);
  }

  /** Runs a step's script as the CI systems run bash. */
  async bash(
    script: string,
    env: Readonly<Record<string, string>>,
    options: readonly string[] = STRICT,
  ): Promise<Outcome> {
    const file = join(this.temp, "step.sh");
    await writeFile(file, script);
    const child = spawn("bash", ["--noprofile", "--norc", ...options, file], {
      cwd: this.workspace,
      env: {
        PATH: [...this.#first, this.#bin, dirname(process.execPath), process.env["PATH"]].join(":"),
        HOME: this.temp,
        TMPDIR: this.temp,
        NO_COLOR: "1",
        CI: "true",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => (log += part));
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    return { code, log };
  }

  async stop(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}

/** How the files that `init --ci` writes install Rollcall. */
export const INSTALL = ["ci --ignore-scripts --no-audit --no-fund"] as const;

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
