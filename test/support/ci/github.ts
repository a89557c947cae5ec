import { cp, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { type Answer, type Asked, type ForgeServer, startForge } from "./server.js";
import type { Action } from "./workflow.js";
import { packed } from "./zip.js";

export const TOKEN = "canary-github-token";
const REPOSITORY = "acme/lists";

interface User {
  readonly login: string;
}

const BOT: User = { login: "github-actions[bot]" };

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: User;
  readonly author_association: string;
}

export interface Issue {
  readonly number: number;
  title: string;
  body: string;
  state: "open" | "closed";
  readonly labels: readonly string[];
  readonly user: User;
}

interface Pull {
  readonly number: number;
  merged_at: string | null;
  merge_commit_sha: string;
  readonly head: { sha: string };
  base: { readonly ref: string; readonly repo: { readonly full_name: string } };
}

interface Run {
  readonly id: number;
  readonly head_sha: string;
  readonly head_repository: { readonly full_name: string };
  /** Last part of the workflow's path. */
  readonly workflow: string;
}

/** As much of GitHub's REST API as the workflows ask for, and its store of artefacts. */
export class GitHub {
  readonly comments: Comment[] = [];
  readonly issues: Issue[] = [];
  readonly pull: Pull = {
    number: 7,
    merged_at: null,
    merge_commit_sha: "",
    head: { sha: "" },
    base: { ref: "main", repo: { full_name: REPOSITORY } },
  };
  readonly runs: Run[] = [];
  #server: ForgeServer | undefined;
  #artefacts = "";
  #next = 100;

  static async start(): Promise<GitHub> {
    const forge = new GitHub();
    forge.#artefacts = await mkdtemp(join(tmpdir(), "rollcall-artefacts-"));
    forge.#server = await startForge(
      ({ authorization }) => authorization === `Bearer ${TOKEN}`,
      (asked) => forge.#answer(asked),
    );
    return forge;
  }

  get asked(): string[] {
    return this.#server?.asked ?? [];
  }

  /** What GitHub sets in every step. */
  env(run: number, event: string, sha: string): Record<string, string> {
    return {
      GITHUB_API_URL: this.#server?.url ?? "",
      GITHUB_REPOSITORY: REPOSITORY,
      GITHUB_RUN_ID: String(run),
      GITHUB_EVENT_NAME: event,
      GITHUB_SHA: sha,
    };
  }

  addRun(workflow: string, sha: string, from = REPOSITORY): number {
    const id = (this.#next += 1);
    this.runs.unshift({ id, head_sha: sha, head_repository: { full_name: from }, workflow });
    return id;
  }

  addComment(body: string, association = "MEMBER", login = "mallory"): void {
    const id = (this.#next += 1);
    this.comments.push({ id, body, user: { login }, author_association: association });
  }

  /** Where an artefact of a run lies. */
  artefact(run: number, name: string): string {
    return join(this.#artefacts, String(run), name);
  }

  /** The files that are there of those that `path` names, a line each; a folder is its files. */
  readonly upload =
    (run: number): Action =>
    async ({ name = "", path = "" }, { workspace }) => {
      for (const line of path.split("\n").filter(Boolean)) {
        const source = resolve(workspace, line);
        if (!existsSync(source)) continue;
        const isFolder = (await stat(source)).isDirectory();
        await cp(source, join(this.artefact(run, name), isFolder ? "" : basename(source)), {
          recursive: true,
        });
      }
    };

  /** By `pattern`: a folder for each. */
  readonly download =
    (run: number): Action =>
    async ({ pattern = "", path = "" }, { workspace }) => {
      const names = await readdir(join(this.#artefacts, String(run))).catch(() => []);
      const target = resolve(workspace, path);
      mkdirSync(target, { recursive: true });
      for (const name of names.filter((one) => one.startsWith(pattern.replace("*", ""))))
        await cp(this.artefact(run, name), join(target, name), { recursive: true });
    };

  async stop(): Promise<void> {
    await this.#server?.stop();
    await rm(this.#artefacts, { recursive: true, force: true });
  }

  #answer({ method, path, query, body }: Asked): Answer {
    const rest = path.replace(`/repos/${REPOSITORY}`, "");
    const given = (body ?? {}) as { body: string; title: string; labels: string[]; state: "closed" };
    const page = Number(query.get("page") ?? 1) - 1;
    const id = Number(/\d+/.exec(rest)?.[0]);
    const user = BOT;
    const route = `${method} ${rest.replace(/\d+/, "N")}`;
    switch (route) {
      case "GET /issues/N/comments":
        return this.comments.slice(page * 100, (page + 1) * 100);
      case "POST /issues/N/comments":
        return push(this.comments, {
          id: (this.#next += 1),
          body: given.body,
          user,
          author_association: "NONE",
        });
      case "PATCH /issues/comments/N":
        return Object.assign(this.comments.find((one) => one.id === id) ?? {}, { body: given.body });
      case "GET /issues":
        return this.issues.filter(
          ({ state, labels }) => state === query.get("state") && labels.includes(query.get("labels") ?? ""),
        );
      case "POST /issues":
        return push(this.issues, { number: (this.#next += 1), ...given, state: "open", user });
      case "PATCH /issues/N":
        return Object.assign(this.issues.find((one) => one.number === id) ?? {}, given);
      case "GET /actions/runs/N/artifacts":
        return {
          artifacts: existsSync(this.artefact(id, query.get("name") ?? "")) ? [{ id, expired: false }] : [],
        };
      case "GET /actions/artifacts/N/zip":
        return packed(this.artefact(id, "rollcall-plan-production"));
    }
    if (/^GET \/commits\/.*\/pulls$/.test(`${method} ${rest}`)) return [this.pull];
    const [, workflow] = /^\/actions\/workflows\/([^/]+)\/runs$/.exec(rest) ?? [];
    if (workflow === undefined) return undefined;
    const sha = query.get("head_sha");
    return {
      workflow_runs: this.runs.filter((run) => run.workflow === workflow && run.head_sha === sha),
    };
  }
}

function push<Item>(items: Item[], item: Item): Item {
  items.push(item);
  return item;
}
