import { cp, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type AzureStep, holds } from "./azure-pipeline.js";
import type { Machine, Outcome } from "./machine.js";
import { type Answer, type Asked, type ForgeServer, startForge } from "./server.js";
import { packed } from "./zip.js";

export const TOKEN = "canary-azure-token";
const REPOSITORY = "/team/_apis/git/repositories/lists";
const ME = "build-service";

interface Thread {
  readonly id: number;
  readonly comments: { readonly id: number; content: string; readonly author: { readonly id: string } }[];
}

/** As much of the REST API of Azure DevOps as the pipeline asks for, and its store of artefacts. */
export class AzureDevOps {
  readonly threads: Thread[] = [];
  readonly request = {
    pullRequestId: 5,
    status: "active",
    targetRefName: "refs/heads/main",
    lastMergeSourceCommit: { commitId: "" },
  };
  /** The newest first. */
  readonly builds: { readonly id: number; readonly triggerInfo: Readonly<Record<string, string>> }[] = [];
  mergedAs = "";
  #server: ForgeServer | undefined;
  #artefacts = "";
  #next = 100;

  static async start(): Promise<AzureDevOps> {
    const forge = new AzureDevOps();
    forge.#artefacts = await mkdtemp(join(tmpdir(), "rollcall-artefacts-"));
    forge.#server = await startForge(
      ({ authorization }) => authorization === `Bearer ${TOKEN}`,
      (asked) => forge.#answer(asked),
    );
    return forge;
  }

  addBuild(sourceCommit: string): number {
    const id = (this.#next += 1);
    this.builds.unshift({ id, triggerInfo: { "pr.sourceSha": sourceCommit } });
    return id;
  }

  addThread(content: string, author: string): void {
    this.threads.push({ id: (this.#next += 1), comments: [{ id: 1, content, author: { id: author } }] });
  }

  artefact(build: number, name: string): string {
    return join(this.#artefacts, String(build), name);
  }

  /** Runs the steps of a job as an agent does, up to the first that fails. */
  async run(
    machine: Machine,
    steps: readonly AzureStep[],
    build: number,
    variables: Readonly<Record<string, string>>,
    checkOut: (folder: string) => void,
  ): Promise<Outcome> {
    const whole = {
      "System.AccessToken": TOKEN,
      "System.CollectionUri": `${this.#server?.url}/`,
      "System.TeamProjectId": "team",
      "System.DefinitionId": "8",
      "Build.BuildId": String(build),
      "Build.Repository.ID": "lists",
      "Agent.TempDirectory": machine.temp,
      ...variables,
    };
    let log = "";
    let code: number | null = 0;
    for (const step of steps) {
      if (!holds(step.condition ?? "succeeded()", { variables: whole })) continue;
      if (code !== 0 && step.condition === undefined) continue;
      if (step.checkout === "self") checkOut(machine.workspace);
      if (step.publish !== undefined) {
        const source = resolve(machine.workspace, filled(step.publish, whole));
        if (existsSync(source))
          await cp(source, this.artefact(build, step.artifact ?? ""), { recursive: true });
      }
      if (step.task?.startsWith("DownloadPipelineArtifact@") === true)
        await this.#download(
          resolve(machine.workspace, filled(step.inputs?.["path"] ?? "", whole)),
          step,
          build,
        );
      if (step.bash === undefined) continue;
      const outcome = await machine.bash(step.bash, environmentOf(whole, step.env ?? {}), []);
      log += outcome.log;
      for (const [, folder = ""] of outcome.log.matchAll(/##vso\[task\.prependpath\](.*)/g))
        machine.prepend(folder);
      code = code === 0 ? outcome.code : code;
    }
    return { code, log };
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    await rm(this.#artefacts, { recursive: true, force: true });
  }

  async #download(path: string, { inputs = {} }: AzureStep, build: number): Promise<void> {
    const [folder = "", file = ""] = (inputs["itemPattern"] ?? "").split("/");
    for (const name of await readdir(join(this.#artefacts, String(build))).catch(() => [])) {
      if (!name.startsWith(folder.replace("*", "")) || !existsSync(join(this.artefact(build, name), file)))
        continue;
      const target = join(path, name);
      await mkdir(target, { recursive: true });
      await cp(join(this.artefact(build, name), file), join(target, file));
    }
  }

  #answer({ method, path, body }: Asked): Answer {
    const given = body as {
      content: string;
      comments: { content: string }[];
      queries: { items: string[] }[];
    };
    const threads = `${REPOSITORY}/pullRequests/5/threads`;
    if (path === "/_apis/connectionData") return { authenticatedUser: { id: ME } };
    if (path === threads && method === "GET") return { value: this.threads };
    if (path === threads && method === "POST") {
      this.addThread(given.comments[0]!.content, ME);
      return {};
    }
    const [, thread] = /\/threads\/(\d+)\/comments\/1$/.exec(path) ?? [];
    if (thread !== undefined && method === "PATCH")
      return Object.assign(this.threads.find(({ id }) => id === Number(thread))!.comments[0]!, given);
    if (path === `${REPOSITORY}/pullrequestquery` && method === "POST")
      return {
        results: given.queries[0]!.items.includes(this.mergedAs)
          ? [{ [this.mergedAs]: [this.request] }]
          : [{}],
      };
    if (path === "/team/_apis/build/builds") return { value: this.builds };
    const [, build] = /^\/team\/_apis\/build\/builds\/(\d+)\/artifacts$/.exec(path) ?? [];
    const name = "rollcall-plan-production";
    if (build !== undefined) {
      const downloadUrl = `${this.#server?.url}/download/${build}`;
      return {
        value: existsSync(this.artefact(Number(build), name)) ? [{ name, resource: { downloadUrl } }] : [],
      };
    }
    const [, download] = /^\/download\/(\d+)$/.exec(path) ?? [];
    // With the artefact's name as a folder.
    return download === undefined ? undefined : packed(join(this.#artefacts, download));
  }
}

/** Variables become environment variables by their names in capitals; secrets only where a step names them. */
function environmentOf(
  variables: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Record<string, string> {
  const plain = Object.entries(variables)
    .filter(([name]) => name.includes(".") && name !== "System.AccessToken")
    .map(([name, value]) => [name.toUpperCase().replaceAll(".", "_"), value]);
  const named = Object.entries(env).map(([name, text]) => [name, filled(text, variables)]);
  return Object.fromEntries([...plain, ...named, ["TF_BUILD", "True"]]) as Record<string, string>;
}

/** A text with its `$(name)` filled in. */
function filled(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\(([\w.]+)\)/g, (_, name: string) => variables[name] ?? "");
}
