import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rollcall, type Ended } from "./rollcall.js";

/** A team: a bare repository, a checkout for each person, and machines that clone it and are gone again. */
export class Team {
  readonly #folder: string;
  #machines = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(folder: string): Promise<Team> {
    await mkdir(folder, { recursive: true });
    git(folder, ["init", "-q", "--bare", "-b", "main", "origin.git"]);
    return new Team(folder);
  }

  /** The checkout of somebody who commits under `<name>@example.com`. */
  person(name: string): Checkout {
    return this.#clone(name);
  }

  /** A fresh clone that nobody has used before, with secrets in its environment. */
  machine(env: Readonly<Record<string, string>>): Checkout {
    return this.#clone(`machine-${(this.#machines += 1)}`, env);
  }

  #clone(name: string, env: Readonly<Record<string, string>> = {}): Checkout {
    git(this.#folder, ["clone", "-q", join(this.#folder, "origin.git"), name]);
    const checkout = new Checkout(join(this.#folder, name), env);
    checkout.git("config", "user.name", name);
    checkout.git("config", "user.email", `${name}@example.com`);
    return checkout;
  }
}

export class Checkout {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;

  constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.env = env;
  }

  git(...words: readonly string[]): string {
    return git(this.folder, words);
  }

  async write(path: string, text: string): Promise<void> {
    await writeFile(join(this.folder, path), text);
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  /** Commits everything and pushes the branch. */
  push(branch: string, message: string): void {
    this.git("add", "-A");
    this.git("commit", "-q", "-m", message);
    this.git("push", "-q", "origin", `HEAD:${branch}`);
  }

  rollcall(...words: readonly string[]): Promise<Ended> {
    return rollcall(words, { cwd: this.folder, env: this.env });
  }
}

function git(cwd: string, words: readonly string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  return execFileSync("git", [...words], {
    cwd,
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
}
