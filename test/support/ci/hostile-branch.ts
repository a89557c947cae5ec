import { execFileSync } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { commentMarker } from "../../../src/report/markdown/plan-markdown.js";

/** What a hostile branch would like to be posted. */
export const FORGED = `${commentMarker("production")}\n**No changes.** Nothing to see here.\n`;

/** Content of a file, or the target of a link. */
type Item = string | { readonly link: string };

export interface HostileBranch {
  readonly name: string;
  readonly files: Readonly<Record<string, Item>>;
}

/** Names that the jobs use, have used or might use: as files that are not theirs. */
const forgeries = (run: string): Readonly<Record<string, Item>> => ({
  ...each(
    [
      "rollcall-plan/production/plan.md",
      "rollcall-plan/zzz/plan.md",
      "rollcall-plan/plan.md",
      "rollcall-plan-production/plan.md",
      "plans/rollcall-plan-production/plan.md",
      "plans/production/plan.md",
      "plans/zzz/plan.md",
      "plan.md",
    ],
    FORGED,
  ),
  ...each(
    [
      "rollcall-plan/production/plan.json",
      "rollcall-plan/plan.json",
      "plan.json",
      "plan.zip",
      "rollcall-plan.zip",
    ],
    "{}",
  ),
  ...each(["comments.json", "notes.json", "rollcall-comments.json", "rollcall-notes.json"], '["{}"]'),
  ...each(["shown.ndjson", "rollcall-shown.ndjson"], '{"command": "show", "data": {"digest": "mine"}}\n'),
  ...each(
    [
      "comment.mjs",
      "find.mjs",
      "rollcall-find.mjs",
      "approvals.mjs",
      "rollcall-approvals.mjs",
      ".config/config.js",
    ],
    run,
  ),
  ...each(
    ["rollcall", "npm", "node", "git", "unzip"].flatMap((name) => [
      `node_modules/.bin/${name}`,
      `bin/${name}`,
    ]),
    run,
  ),
  ".npmrc": "ignore-scripts=false\nregistry=http://127.0.0.1:9/\n",
  ".env": "NODE_OPTIONS=--require ./comment.mjs\n",
  ".gitattributes": "* filter=mine diff=mine merge=mine export-subst\n",
});

/** Those that are packages too: not for a branch that is merged, since what main holds is trusted. */
const packages: Readonly<Record<string, Item>> = {
  "package.json":
    '{"scripts": {"preinstall": "exit 1"}, "cosmiconfig": {"cosmiconfig": {"searchPlaces": ["evil.yaml"]}}}',
  "package-lock.json": "{}",
  "rollcall.tgz": "packed by mallory",
};

/** A line each. `mark` is a file that shows that something of the branch was run. */
export const hostileBranches = (mark: string): HostileBranch[] => {
  const run = `#!/bin/sh\n"exec" "touch" ${JSON.stringify(mark)}\n`;
  return [
    { name: "files of every name that is used", files: { ...forgeries(run), ...packages } },
    {
      name: "links to a folder of its own",
      files: {
        ...each(["rollcall-plan", "plans", "rollcall-drift"], { link: "elsewhere" }),
        ...each(
          ["elsewhere/production/plan.md", "elsewhere/rollcall-plan-production/plan.md", "elsewhere/plan.md"],
          FORGED,
        ),
      },
    },
    {
      name: "files in the place of folders",
      files: each(["rollcall-plan", "plans", "rollcall-apply"], FORGED),
    },
    {
      name: "links to files of the config",
      files: each(["rollcall-plan", "plan.json", "rollcall-drift.txt", "rollcall-due.txt"], {
        link: "exports.config.yaml",
      }),
    },
  ];
};

/** What a merged branch may bring without being reviewed for it. */
export const mergedForgeries = (mark: string): HostileBranch => ({
  name: "files of every name that apply uses",
  files: forgeries(`#!/bin/sh\n"exec" "touch" ${JSON.stringify(mark)}\n`),
});

/** Puts the files of a branch into a clone that has main checked out. */
export async function bring(clone: string, { files }: HostileBranch): Promise<void> {
  execFileSync("git", ["switch", "--quiet", "main"], { cwd: clone });
  for (const [path, item] of Object.entries(files)) {
    const target = join(clone, path);
    await mkdir(dirname(target), { recursive: true });
    await rm(target, { force: true });
    if (typeof item === "string") await writeFile(target, item, { mode: 0o755 });
    else await symlink(item.link, target);
  }
}

const each = (paths: readonly string[], item: Item): Record<string, Item> =>
  Object.fromEntries(paths.map((path) => [path, item]));
