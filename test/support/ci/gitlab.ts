import { existsSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Machine, type Outcome } from "./machine.js";
import type { PipelineJob } from "./pipeline.js";
import { type Answer, type Asked, type ForgeServer, startForge } from "./server.js";

export const TOKEN = "canary-gitlab-token";
const ME = 1;

export interface Note {
  readonly id: number;
  body: string;
  readonly author: { readonly id: number };
}

interface Pipeline {
  readonly id: number;
  readonly source: string;
  readonly sha: string;
  readonly project_id: number;
}

/** As much of GitLab's REST API as the pipeline asks for, and its store of artefacts. */
export class GitLab {
  readonly notes: Note[] = [];
  readonly request = {
    iid: 3,
    state: "opened",
    merge_commit_sha: "",
    squash_commit_sha: null,
    sha: "",
    target_branch: "main",
    target_project_id: 42,
  };
  readonly pipelines: Pipeline[] = [];
  /** Id of a pipeline: how its plan went. */
  readonly plans = new Map<number, string>();
  #server: ForgeServer | undefined;
  #artefacts = "";
  #next = 100;

  static async start(): Promise<GitLab> {
    const forge = new GitLab();
    forge.#artefacts = await mkdtemp(join(tmpdir(), "rollcall-artefacts-"));
    forge.#server = await startForge(
      (headers) => headers["private-token"] === TOKEN,
      (asked) => forge.#answer(asked),
    );
    return forge;
  }

  get asked(): string[] {
    return this.#server?.asked ?? [];
  }

  get url(): string {
    return this.#server?.url ?? "";
  }

  addPipeline(source: string, sha: string, project = 42): number {
    const id = (this.#next += 1);
    this.pipelines.unshift({ id, source, sha, project_id: project });
    return id;
  }

  addNote(body: string, author: number): void {
    this.notes.push({ id: (this.#next += 1), body, author: { id: author } });
  }

  artefacts(pipeline: number): string {
    return join(this.#artefacts, String(pipeline));
  }

  /** Runs a job of the expanded pipeline as a runner does, and keeps its artefacts. */
  async run(
    machine: Machine,
    job: PipelineJob,
    pipeline: number,
    variables: Readonly<Record<string, string>>,
  ): Promise<Outcome> {
    const given = {
      GITLAB_CI: "true",
      CI_API_V4_URL: this.url,
      CI_PROJECT_ID: "42",
      CI_PIPELINE_ID: String(pipeline),
      ...variables,
    };
    const own = Object.entries(job.variables ?? {}).map(([name, value]) => [
      name,
      value.replaceAll(/\$(\w+)/g, (_, other: string) => (given as Record<string, string>)[other] ?? ""),
    ]);
    const script = [...(job.before_script ?? []), ...job.script].join("\n");
    const outcome = await machine.bash(script, { ...given, ...Object.fromEntries(own) });
    for (const path of job.artifacts?.paths ?? []) {
      const named = path.replaceAll(
        /\$(\w+)/g,
        (_, name: string) => (given as Record<string, string>)[name] ?? "",
      );
      await cp(join(machine.workspace, named), join(this.artefacts(pipeline), named), {
        recursive: true,
      }).catch(() => undefined);
    }
    this.plans.set(pipeline, outcome.code === 0 ? "success" : "failed");
    return outcome;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await rm(this.#artefacts, { recursive: true, force: true });
  }

  #answer({ method, path, query, body }: Asked): Answer {
    const given = body as { body: string };
    const page = Number(query.get("page") ?? 1) - 1;
    const notes = "/projects/42/merge_requests/3/notes";
    if (path === "/user") return { id: ME };
    if (path === notes && method === "GET") return this.notes.slice(page * 100, (page + 1) * 100);
    if (path === notes && method === "POST") {
      this.addNote(given.body, ME);
      return {};
    }
    if (path.startsWith(`${notes}/`) && method === "PUT")
      return Object.assign(this.notes.find(({ id }) => path.endsWith(`/${id}`)) ?? {}, given);
    if (/\/repository\/commits\/\w+\/merge_requests$/.test(path)) return [this.request];
    if (path === "/projects/42/merge_requests/3/pipelines") return this.pipelines;
    const [, pipeline] = /\/pipelines\/(\d+)\/jobs$/.exec(path) ?? [];
    if (pipeline !== undefined)
      return [
        {
          id: Number(pipeline),
          name: "rollcall:plan: [production]",
          status: this.plans.get(Number(pipeline)),
        },
      ];
    const [, job, file] = /\/jobs\/(\d+)\/artifacts\/(.+)$/.exec(path) ?? [];
    if (job !== undefined) {
      const path = join(this.artefacts(Number(job)), file ?? "");
      return existsSync(path) ? readFileSync(path) : undefined;
    }
    if (/\/repository\/commits\/\w+$/.test(path)) return { parent_ids: [] };
    const [, member] = /\/members\/all\/(\d+)$/.exec(path) ?? [];
    // Number 9 is a passer-by.
    return member === undefined || member === "9" ? undefined : { id: Number(member) };
  }
}
