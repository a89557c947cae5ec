import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { CiSystem } from "../../../src/usecases/init/ci-files.js";
import { openProject, type Project } from "../project.js";
import { remoteOf, type Remote } from "../remote.js";
import { rollcall } from "../rollcall.js";
import { PACKED, writeInstalledFrom } from "./installed.js";
import { Repository } from "./repository.js";

/**
 * A team with a repository, for which `init --ci` wrote the files, and a list at the sandbox. Data and state lie
 * elsewhere, as a warehouse and a store would. More than one person at once needs an approval by Anna.
 */
export class Team {
  readonly project: Project;
  readonly repository: Repository;
  readonly remote: Remote;
  readonly list: string;

  private constructor(project: Project, repository: Repository, list: string) {
    this.project = project;
    this.repository = repository;
    this.remote = remoteOf(project, "brevo");
    this.list = list;
  }

  static async open(system: CiSystem): Promise<Team> {
    const project = await openProject();
    const list = await remoteOf(project, "brevo").addList("customers");
    const team = new Team(project, await Repository.create(), list);
    const { clone } = team.repository;
    await team.people("anna", "ben", "carla");
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", team.#key]);
    await writeFile(join(clone, "signers"), `anna@example.com ${await readFile(`${team.#key}.pub`, "utf8")}`);
    await team.segment("email = 'anna@example.com'");
    await writeFile(
      join(clone, "people.test.yaml"),
      "sources: {crm: [{email: anna@example.com}]}\ncases: [{name: Anna, expect: {segments: {all: {count: 1}}}}]\n",
    );
    await writeInstalledFrom(clone, PACKED);
    const initialised = await rollcall(["init", "--ci", system], { cwd: clone });
    expect(initialised.code, initialised.stderr).toBe(0);
    return team;
  }

  get #key(): string {
    return join(this.project.folder, "anna.key");
  }

  people(...names: string[]): Promise<void> {
    return this.project.profiles(names.map((name) => ({ email: `${name}@example.com`, name })));
  }

  /** Writes the config with this condition of the one segment. */
  async segment(where: string): Promise<void> {
    const { project, list } = this;
    const config = {
      version: 1,
      allowPaths: [project.folder],
      state: { path: join(project.folder, "state") },
      connections: {
        brevo: {
          type: "brevo",
          apiKey: { env: "BREVO_API_KEY" },
          baseUrl: project.sandbox.brevoUrl,
          rateLimits: "none",
          dataPrivacy: { agreed: true, by: "Anna Example", on: "2026-11-01" },
        },
      },
      sources: { crm: { type: "files", path: join(project.folder, "profiles.csv") } },
      segments: { all: { source: "crm", where } },
      exports: { weekly: { connection: "brevo", list, segments: ["all"], match: { email: "email" } } },
      approvals: { allowedSigners: "signers", groups: { release: ["anna@example.com"] } },
      policies: {
        many: {
          level: "mandatory",
          deny: "plan.adds > 1",
          message: "More than one person at once.",
          approvals: { from: "release" },
        },
      },
      environments: {
        production: {},
        staging: { exports: { weekly: { list: 4711 } }, state: { path: "s" } },
      },
    };
    await writeFile(join(this.repository.clone, "exports.config.yaml"), JSON.stringify(config, undefined, 1));
  }

  /** Anna signs a plan; what she posts. */
  async approval(plan: string): Promise<string> {
    const out = join(this.project.folder, "approval.json");
    const words = ["approve", plan, "--env", "production", "--yes", "--key", this.#key, "--out", out];
    const approved = await rollcall(words, { cwd: this.repository.clone });
    expect(approved.code, approved.stderr).toBe(0);
    return `Looks good.\n\`\`\`json\n${await readFile(out, "utf8")}\`\`\`\n`;
  }

  async members(): Promise<string[]> {
    return [...(await this.remote.members(this.list)).keys()].sort();
  }

  async close(): Promise<void> {
    await this.repository.remove();
    await this.project.stop();
  }
}
