import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { openFolder } from "./project.js";
import type { StoryType } from "./remote.js";
import { remoteOf } from "./remote.js";
import { openStory, Story, type StoryOptions } from "./story.js";

/** What a story has come to: the folder of its project, and what its sandbox held. */
interface Kept {
  readonly home: string;
  readonly list: string;
  /** Of the sandbox, which its config names. */
  readonly url: string;
}

/**
 * For stories that begin alike: the beginning is told once, and each of them goes on with a copy of what came of it,
 * in a folder of its own and with a sandbox of its own. Plans and runs of the beginning are paid for once.
 */
export function keepBeginning(
  type: StoryType,
  options: StoryOptions,
  begin: (story: Story) => Promise<void>,
): () => Promise<Story> {
  let kept: Promise<Kept> | undefined;
  afterAll(async () => {
    if (kept !== undefined) await rm((await kept).home, { recursive: true });
  });
  return async () => goOn(await (kept ??= tell(type, options, begin)), type, options);
}

async function tell(
  type: StoryType,
  options: StoryOptions,
  begin: (story: Story) => Promise<void>,
): Promise<Kept> {
  const home = await mkdtemp(join(tmpdir(), "rollcall-begun-"));
  const story = await openStory(type, keepingAccounts(options, home));
  await begin(story);
  await story.sandbox.stop();
  await rename(story.folder, join(home, "project"));
  return { home, list: story.list, url: story.sandbox.url };
}

async function goOn({ home, list, url }: Kept, type: StoryType, options: StoryOptions): Promise<Story> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-e2e-"));
  await cp(join(home, "project"), folder, { recursive: true });
  await cp(join(home, ACCOUNTS), join(folder, ACCOUNTS), { recursive: true });
  const project = await openFolder(folder, keepingAccounts(options, folder));
  const config = await project.read("exports.config.yaml");
  await project.write("exports.config.yaml", config.replaceAll(url, project.sandbox.url));
  return new Story(project, { type, remote: remoteOf(project, type), list }, options);
}

const ACCOUNTS = "accounts of the sandbox";

function keepingAccounts(options: StoryOptions, folder: string): StoryOptions {
  return { ...options, sandbox: { ...options.sandbox, stateFolder: join(folder, ACCOUNTS) } };
}
