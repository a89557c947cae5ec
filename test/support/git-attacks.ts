import { execFileSync } from "node:child_process";
import { cp, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A checkout of a change whose author wants another commit to be taken for the base. */
export interface Checkout {
  /** Its top; the config lies in `lists`. */
  readonly top: string;
  /** A folder beside it that CI may have filled. */
  readonly beside: string;
  /** The commit that is the base. */
  readonly main: string;
  /** A commit with the config that the author would like the base to have. */
  readonly evil: string;
  git(...words: string[]): string;
}

export interface Attack {
  readonly name: string;
  /** What else the change, its author's branches and tags, or an earlier step of CI brought. */
  readonly bring: (checkout: Checkout) => void | Promise<void>;
  /** Read the real base, or refuse in words that match. */
  readonly outcome: "base" | RegExp;
  /** Of `--base`; without, CI says `main`. */
  readonly ref?: string | ((checkout: Checkout) => string);
  /** CI says nothing of a target. */
  readonly noTarget?: true;
  readonly env?: (checkout: Checkout) => Readonly<Record<string, string>>;
  /** Where the command starts, below the folder that holds the checkout; `change/lists` without. */
  readonly from?: string;
}

const CONFIG = "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n";

/** Files that git takes for a bare repository, whose branches are all the evil commit. */
export async function lookAlike({ top, evil }: Checkout, folder: string, config = CONFIG): Promise<void> {
  await cp(join(top, ".git/objects"), join(folder, "objects"), { recursive: true });
  await mkdir(join(folder, "refs/remotes/origin"), { recursive: true });
  await writeFile(join(folder, "refs/remotes/origin/main"), `${evil}\n`);
  await writeFile(join(folder, "HEAD"), `${evil}\n`);
  await writeFile(join(folder, "config"), config);
}

const nested = async (checkout: Checkout, folder: string): Promise<void> => {
  await lookAlike(checkout, join(folder, ".git"), CONFIG.replace("\tworktree = .\n", ""));
};
const fake = ({ beside }: Checkout): string => join(beside, "fake");
const inFake = async (checkout: Checkout): Promise<void> => lookAlike(checkout, fake(checkout));
const nothing = (): void => undefined;

export const ATTACKS: readonly Attack[] = [
  {
    name: "files that look like a bare repository beside the config",
    bring: (checkout) => lookAlike(checkout, join(checkout.top, "lists")),
    outcome: "base",
  },
  {
    name: "the same at the top",
    bring: (checkout) => lookAlike(checkout, checkout.top),
    outcome: "base",
  },
  {
    name: "the same in a folder below the config, where the command starts",
    bring: (checkout) => lookAlike(checkout, join(checkout.top, "lists/eu")),
    from: "change/lists/eu",
    outcome: "base",
  },
  {
    name: "the same as a bare one without a work tree",
    bring: (checkout) =>
      lookAlike(checkout, join(checkout.top, "lists"), CONFIG.replace(/bare.*\n.*/, "bare = true")),
    outcome: "base",
  },
  {
    name: "a clone of the author's inside of the checkout",
    bring: (checkout) => nested(checkout, join(checkout.top, "lists")),
    outcome: /lies within .* another repository/,
  },
  {
    name: "a submodule in the place of the config's folder",
    bring: async (checkout) => {
      const modules = join(checkout.top, ".git/modules/lists");
      await lookAlike(checkout, modules, CONFIG.replace("worktree = .", "worktree = ../../../lists"));
      await writeFile(join(checkout.top, "lists/.git"), "gitdir: ../.git/modules/lists\n");
    },
    outcome: /kept elsewhere, as that of a submodule/,
  },
  {
    name: "a .git that is not a repository, beside files that look like one",
    bring: async (checkout) => {
      await mkdir(join(checkout.top, "lists/.git"));
      await lookAlike(checkout, join(checkout.top, "lists"));
    },
    outcome: /git takes something else/,
  },
  {
    name: "the same for a git that does not know safe.bareRepository",
    bring: async (checkout) => {
      await mkdir(join(checkout.top, "lists/.git"));
      await lookAlike(checkout, join(checkout.top, "lists"));
      const old = join(checkout.beside, "old");
      await mkdir(old);
      const words = 'for word; do shift; set -- "$@" "${word#safe.bareRepository=explicit}"; done';
      const unknown = 'for word; do shift; [ -n "$word" ] || word=core.nothing=1; set -- "$@" "$word"; done';
      const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
      await writeFile(join(old, "git"), `#!/bin/sh\n${words}\n${unknown}\nexec ${real} "$@"\n`, {
        mode: 0o755,
      });
    },
    env: ({ beside }) => ({ PATH: `${join(beside, "old")}:${process.env["PATH"]}` }),
    outcome: /git takes something else/,
  },
  {
    name: "a work tree that the settings move",
    bring: ({ git, beside }) => void git("config", "core.worktree", beside),
    outcome: /git takes something else/,
  },
  {
    name: "a link in the place of the config's folder, to a clone of the author's",
    bring: async (checkout) => {
      const { top, beside, git } = checkout;
      git("clone", "-q", ".", join(beside, "clone"));
      await rm(join(top, "lists"), { recursive: true });
      await symlink(join(beside, "clone/lists"), join(top, "lists"));
    },
    outcome: /leads out of the checkout/,
  },
  { name: "a tag with the short name of the remote branch", bring: tag("origin/main"), outcome: "base" },
  {
    name: "a tag with the short name of the remote branch that --base names",
    bring: tag("origin/main"),
    ref: "origin/main",
    outcome: /is more than one thing/,
  },
  {
    name: "a branch with the short name of the remote branch that --base names",
    bring: ({ git, evil }) => void git("update-ref", "refs/heads/origin/main", evil),
    ref: "origin/main",
    outcome: /is more than one thing/,
  },
  {
    name: "the same where --base has the full name",
    bring: tag("origin/main"),
    ref: "refs/remotes/origin/main",
    outcome: "base",
  },
  {
    name: "a branch and a tag that are called HEAD",
    bring: ({ git, main }) => {
      for (const kind of ["heads", "tags"]) git("update-ref", `refs/${kind}/HEAD`, `${main}^{commit}`);
    },
    outcome: "base",
  },
  {
    name: "a remote branch that is called HEAD, where CI says nothing",
    bring: ({ git, evil }) => void git("update-ref", "--no-deref", "refs/remotes/origin/HEAD", evil),
    noTarget: true,
    outcome: /origin\/HEAD cannot be found/,
  },
  ...["origin/HEAD", "refs/remotes/origin/HEAD"].map((ref): Attack => ({
    name: `a remote branch that is called HEAD, and --base ${ref}`,
    bring: ({ git, evil }) => void git("update-ref", "--no-deref", "refs/remotes/origin/HEAD", evil),
    ref,
    outcome: /origin\/HEAD cannot be found/,
  })),
  {
    name: "a tag with the name of a remote branch that was not fetched",
    bring: tag("origin/release"),
    ref: "origin/release",
    outcome: /origin\/release cannot be found/,
  },
  {
    name: "a branch with the base's id for a name",
    bring: ({ git, main, evil }) => {
      for (const kind of ["heads", "tags", "remotes"]) git("update-ref", `refs/${kind}/${main}`, evil);
    },
    ref: ({ main }) => main,
    outcome: "base",
  },
  {
    name: "a tag with the start of the base's id for a name",
    bring: ({ git, main, evil }) => void git("update-ref", `refs/tags/${main.slice(0, 8)}`, evil),
    ref: ({ main }) => main.slice(0, 8),
    outcome: /may be the start of a commit's id/,
  },
  ...["HEAD^{/evil}", "main^{/evil}", ":/evil", "main@{0}", "@", "HEAD:lists", "-main", "--all", "a..b"].map(
    (ref): Attack => ({ name: `${ref} as --base`, bring: nothing, ref, outcome: /cannot be found/ }),
  ),
  {
    name: "an object that stands for the base's commit",
    bring: ({ git, main, evil }) => void git("update-ref", `refs/replace/${main}`, evil),
    outcome: "base",
  },
  {
    name: "a graft that makes the evil commit one of the base's",
    bring: async ({ git, top, main, evil }) => {
      git("checkout", "-q", "--orphan", "alone");
      git("commit", "-q", "-m", "alone");
      await writeFile(
        join(top, ".git/info/grafts"),
        `${main} ${evil}\n${git("rev-parse", "HEAD")} ${evil}\n`,
      );
    },
    outcome: /cannot be found/,
  },
  {
    name: "a commit inside of a merge that took it back",
    bring: ({ git, main, evil }) => {
      git("checkout", "-q", "--detach", main);
      git("merge", "-q", "--no-ff", "-s", "ours", "-m", "merge", evil);
      git("update-ref", "refs/remotes/origin/main", "HEAD");
      git("checkout", "-q", "--detach", evil);
    },
    outcome: "base",
  },
  {
    name: "dates that put the change before everything else",
    bring: ({ git, top }) => {
      const at = "1970-01-02T00:00:00Z";
      for (let index = 0; index < 8; index += 1)
        execFileSync(
          "git",
          ["-c", "user.name=M", "-c", "user.email=m@x", "commit", "-q", "--allow-empty", "-m", "."],
          {
            cwd: top,
            env: { ...process.env, GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at },
          },
        );
      git("checkout", "-q", "--detach");
    },
    outcome: "base",
  },
  {
    name: "a repository that the environment names",
    bring: inFake,
    env: (checkout) => ({ GIT_DIR: fake(checkout), GIT_WORK_TREE: checkout.top }),
    outcome: "base",
  },
  {
    name: "objects, settings, names and limits that the environment names",
    bring: inFake,
    env: (checkout) => ({
      GIT_COMMON_DIR: fake(checkout),
      GIT_OBJECT_DIRECTORY: join(fake(checkout), "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(fake(checkout), "objects"),
      GIT_INDEX_FILE: join(fake(checkout), "index"),
      GIT_NAMESPACE: "evil",
      GIT_REPLACE_REF_BASE: "refs/heads/",
      GIT_SHALLOW_FILE: join(fake(checkout), "HEAD"),
      GIT_CEILING_DIRECTORIES: checkout.top,
      GIT_CONFIG_COUNT: "2",
      GIT_CONFIG_KEY_0: "core.worktree",
      GIT_CONFIG_VALUE_0: checkout.beside,
      GIT_CONFIG_KEY_1: "Safe.Directory",
      GIT_CONFIG_VALUE_1: checkout.top,
      GIT_CONFIG_PARAMETERS: `'core.bare=true'`,
    }),
    outcome: "base",
  },
  {
    name: "a git of its own on PATH",
    bring: async ({ top, beside }) => {
      const trap = `#!/bin/sh\ntouch ${join(beside, "ran")}\nexit 1\n`;
      await mkdir(join(top, "node_modules/.bin"), { recursive: true });
      for (const place of ["node_modules/.bin/git", "lists/git", "git"])
        await writeFile(join(top, place), trap, { mode: 0o755 });
      await symlink(join(top, "node_modules/.bin"), join(beside, "bin"));
    },
    env: ({ top, beside }) => ({
      PATH: [join(top, "node_modules/.bin"), join(beside, "bin"), ".", "", process.env["PATH"]].join(":"),
    }),
    outcome: "base",
  },
  {
    name: "settings of the checkout that run something",
    bring: async ({ git, top, beside }) => {
      const trap = join(beside, "trap.sh");
      await writeFile(trap, `#!/bin/sh\ntouch ${join(beside, "ran")}\ncat\n`, { mode: 0o755 });
      for (const key of TRAPS) git("config", "--file", join(top, ".gitconfig"), key, trap);
      git("config", "log.showSignature", "true");
      git("config", "include.path", "../.gitconfig");
      await writeFile(join(top, ".gitattributes"), "* filter=trap diff=trap merge=trap\n");
      await mkdir(join(top, "hooks"));
      for (const hook of ["post-checkout", "reference-transaction", "post-index-change"])
        await writeFile(join(top, "hooks", hook), `#!/bin/sh\ntouch ${join(beside, "ran")}\n`, {
          mode: 0o755,
        });
      git("config", "core.hooksPath", "hooks");
    },
    outcome: "base",
  },
  {
    name: "nothing else, in a linked worktree inside of the checkout",
    bring: ({ git }) => void git("worktree", "add", "-q", "--detach", "trees/one"),
    from: "change/trees/one/lists",
    outcome: "base",
  },
  {
    name: "nothing else, in a linked worktree elsewhere",
    bring: ({ git, beside }) => void git("worktree", "add", "-q", "--detach", join(beside, "tree")),
    from: "beside/tree/lists",
    outcome: "base",
  },
  {
    name: "nothing else, by way of a link to the checkout",
    bring: ({ top, beside }) => symlink(top, join(beside, "link")),
    from: "beside/link/lists",
    outcome: "base",
  },
  {
    name: "nothing else, in the merge that GitHub makes",
    bring: ({ git, main }) => {
      git("checkout", "-q", "--detach", main);
      git("merge", "-q", "--no-ff", "-m", "merge", "change");
    },
    outcome: "base",
  },
  {
    name: "nothing else, in a checkout without history",
    bring: async ({ git, top, beside }) => {
      git("clone", "-q", "--depth", "1", "--no-single-branch", `file://${top}`, join(beside, "shallow"));
      await rename(join(beside, "shallow/.git"), join(beside, "shallow.git"));
      await rm(join(top, ".git"), { recursive: true });
      await rename(join(beside, "shallow.git"), join(top, ".git"));
    },
    outcome: /cannot be found/,
  },
];

const TRAPS = [
  "core.fsmonitor",
  "core.pager",
  "core.editor",
  "core.sshCommand",
  "core.gitProxy",
  "core.alternateRefsCommand",
  "diff.external",
  "diff.trap.textconv",
  "diff.trap.command",
  "filter.trap.smudge",
  "filter.trap.clean",
  "merge.trap.driver",
  "gpg.program",
  "credential.helper",
];

function tag(name: string): Attack["bring"] {
  return ({ git, evil }) => void git("update-ref", `refs/tags/${name}`, evil);
}
