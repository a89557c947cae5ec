import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { version } from "../../../src/cli/version.js";
import { project } from "../rollcall.js";

export interface Outcome {
  readonly code: number | null;
  /** What went to stdout and stderr. */
  readonly log: string;
}

/** A machine of a CI system: an empty workspace, programs, and nothing of any run before. */
export class Machine {
  readonly workspace: string;
  readonly temp: string;
  readonly #bin: string;
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
    this.workspace = join(root, "workspace");
    this.temp = join(root, "temp");
    this.#bin = join(root, "bin");
  }

  /** `npm` stands in for the registry: it takes these calls alone, installs the built command, and never where the repository is. */
  static async start(npm: readonly string[]): Promise<Machine> {
    const machine = new Machine(await mkdtemp(join(tmpdir(), "rollcall-ci-")));
    for (const folder of [machine.workspace, machine.temp, machine.#bin]) await mkdir(folder);
    const rollcall = quoted(join(machine.#bin, "rollcall"));
    const script = `#!/usr/bin/env bash
case "$*" in
  ${npm.map(quoted).join(" | ")}) ;;
  *) echo "unexpected: npm $*" >&2; exit 90 ;;
esac
[ "$1 $2" = "install --global" ] || exit 0
[ "$PWD" = / ] || [ -z "$(ls -A)" ] || { echo "something of the repository is here" >&2; exit 91; }
printf '#!/usr/bin/env bash\nexec %q %q "$@"\n' ${quoted(process.execPath)} ${quoted(`${project}dist/cli/main.js`)} > ${rollcall}
chmod +x ${rollcall}
`;
    await writeFile(join(machine.#bin, "npm"), script);
    await chmod(join(machine.#bin, "npm"), 0o755);
    return machine;
  }

  /** Runs a step's script as the CI systems run bash. */
  async bash(script: string, env: Readonly<Record<string, string>>): Promise<Outcome> {
    const file = join(this.temp, "step.sh");
    await writeFile(file, script);
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", file], {
      cwd: this.workspace,
      env: {
        PATH: [this.#bin, dirname(process.execPath), process.env["PATH"]].join(":"),
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

/** How the files that `init --ci` writes install this version. */
export const INSTALL = [`install --global rollcall@${version()}`];

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
