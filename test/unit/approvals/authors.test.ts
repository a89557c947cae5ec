import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCommitAuthors, mustKnowCommitAuthors } from "../../../src/approvals/authors/authors.js";

const { signal } = new AbortController();
let folder: string;

/** Runs git as one of these people. */
const as =
  (who: string, env: Readonly<Record<string, string>> = {}) =>
  (...words: string[]): string =>
    execFileSync("git", ["-c", `user.name=${who}`, "-c", `user.email=${who}@example.com`, ...words], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
const ben = as("ben");
const carla = as("carla");
/** She approves what others write. */
const anna = as("anna");

const edit = (path: string, ...lines: string[]): Promise<void> =>
  writeFile(join(folder, path), `${lines.join("\n")}\n`);
const commit = async (git: typeof ben, path: string, ...lines: string[]): Promise<void> => {
  await edit(path, ...lines);
  git("add", "--all");
  git("commit", "-q", "-m", "edit");
};
/** `ben` works on a branch, and `carla` on main meanwhile. */
const diverge = async (path = "other", ...lines: string[]): Promise<void> => {
  ben("checkout", "-q", "-b", "change");
  await commit(ben, "config", "one", "two", "ben");
  ben("checkout", "-q", "main");
  await commit(carla, path, ...lines);
  ben("checkout", "-q", "change");
};
const tryMerge = (git: typeof ben, ...words: string[]): void => {
  try {
    git("merge", "-q", "--no-ff", "--no-commit", ...words);
  } catch {
    // A conflict.
  }
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollcall-authors-"));
  ben("init", "-q", "-b", "main");
  await commit(carla, "config", "one", "two", "three");
});
afterEach(() => rm(folder, { recursive: true }));

/** What else happens on the branch, and who wrote by then what `main..HEAD` approves. */
interface Case {
  readonly name: string;
  readonly happens: () => unknown;
  readonly authors: readonly string[];
  readonly base?: string;
}

const CASES: readonly Case[] = [
  {
    name: "not who brings a branch up to date as git does it",
    happens: async () => {
      await diverge();
      anna("merge", "-q", "--no-ff", "main");
    },
    authors: ["ben"],
  },
  {
    name: "who edits something else in a merge",
    happens: async () => {
      await diverge();
      tryMerge(anna, "main");
      await commit(anna, "another", "more");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "who edits in a merge what both sides have",
    happens: async () => {
      await diverge("config", "zero", "one", "two", "three");
      tryMerge(anna, "main");
      await commit(anna, "config", "zero", "one", "and", "ben");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "who resolves a conflict by hand",
    happens: async () => {
      await diverge("config", "one", "two", "carla");
      tryMerge(anna, "main");
      await commit(anna, "config", "one", "two", "carla", "ben");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "who takes one side where git would take both",
    happens: async () => {
      await diverge();
      anna("merge", "-q", "--no-ff", "-s", "ours", "main");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "who merges several branches at once, as that cannot be told",
    happens: async () => {
      await diverge();
      for (const name of ["first", "second"]) {
        ben("checkout", "-q", "-b", name, "main~1");
        await commit(ben, name, name);
      }
      ben("checkout", "-q", "change");
      anna("merge", "-q", "first", "second");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "who merges by attributes of the checkout, as that cannot be told",
    happens: async () => {
      await commit(carla, ".gitattributes", "config merge=union");
      await diverge("config", "one", "two", "carla");
      anna("merge", "-q", "--no-ff", "main");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "who joins histories that have nothing in common",
    happens: async () => {
      ben("checkout", "-q", "--orphan", "change");
      await commit(ben, "config", "ben");
      anna("merge", "-q", "-s", "ours", "--allow-unrelated-histories", "main");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "who commits what another wrote, and who helped",
    happens: () => {
      ben("checkout", "-q", "-b", "change");
      const message =
        "squash\n\nCO-authored-by: D <dora@example.com>\nmore\n  Co-Authored-By: E <emil@example.com>\n\nlast";
      carla("commit", "-q", "--allow-empty", "--author", "Anna <anna@example.com>", "-m", message);
    },
    authors: ["anna", "carla", "dora", "emil"],
  },
  {
    name: "who helped, in whatever form that is written",
    happens: () => {
      ben("checkout", "-q", "-b", "change");
      const message =
        "squash\n\nCo-authored-by: C <carla@example.com>, D <dora@example.com>\nCo-Authored-By : emil@example.com\nCo-developed-by:\n  F <fred@example.com>\nSee g@example.com";
      anna("commit", "-q", "--allow-empty", "-m", message);
    },
    authors: ["anna", "carla", "dora", "emil", "fred"],
  },
  {
    name: "by the address in the commit, whatever maps it to another",
    happens: async () => {
      ben("checkout", "-q", "-b", "change");
      ben("config", "log.mailmap", "true");
      await commit(ben, ".mailmap", "Nobody <nobody@example.com> <ben@example.com>");
    },
    authors: ["ben"],
  },
  {
    name: "also by commits that a graft or a replacement leaves out",
    happens: async () => {
      ben("checkout", "-q", "-b", "change");
      await commit(ben, "config", "ben");
      await commit(anna, "config", "anna");
      const [tip, root] = [ben("rev-parse", "HEAD"), ben("rev-parse", "main")];
      await writeFile(join(folder, ".git/info/grafts"), `${tip} ${root}\n`);
      const tree = ben("rev-parse", "HEAD^{tree}");
      ben("update-ref", `refs/replace/${tip}`, carla("commit-tree", "-m", "x", "-p", root, tree));
    },
    authors: ["anna", "ben"],
  },
  {
    name: "also by commits with dates before everything else",
    happens: () => {
      ben("checkout", "-q", "-b", "change");
      const at = "1970-01-02T00:00:00Z";
      const early = as("ben", { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at });
      for (let index = 0; index < 8; index += 1) early("commit", "-q", "--allow-empty", "-m", "early");
      anna("commit", "-q", "--allow-empty", "-m", "now");
    },
    authors: ["anna", "ben"],
  },
  {
    name: "since --base, whatever tag goes by the name of the commit",
    happens: () => {
      ben("checkout", "-q", "-b", "change");
      for (const git of [ben, anna]) git("commit", "-q", "--allow-empty", "-m", "edit");
      ben("tag", "HEAD");
    },
    base: "HEAD~2",
    authors: ["anna", "ben"],
  },
  {
    name: "in what a merge brought in, without --base",
    happens: async () => {
      await diverge();
      anna("checkout", "-q", "main");
      anna("merge", "-q", "--no-ff", "change");
    },
    base: "",
    authors: ["ben"],
  },
  {
    name: "in that merge itself, without --base",
    happens: async () => {
      await diverge();
      anna("checkout", "-q", "main");
      tryMerge(anna, "change");
      await commit(anna, "another", "more");
    },
    base: "",
    authors: ["anna", "ben"],
  },
];

describe("counts as an author", () => {
  it.each(CASES.map((one): [string, Case] => [one.name, one]))(
    "%s",
    async (_name, { happens, authors, base = "main" }) => {
      await happens();
      const objects = await readdir(join(folder, ".git/objects"), { recursive: true });
      expect(await readCommitAuthors(folder, base === "" ? undefined : base, signal)).toEqual(
        authors.map((name) => `${name}@example.com`),
      );
      expect(await readdir(join(folder, ".git/objects"), { recursive: true })).toEqual(objects);
    },
  );
});

describe("authors are unknown", () => {
  const refused = async (at: string, base: string | undefined, why: RegExp): Promise<void> => {
    expect(await readCommitAuthors(at, base, signal)).toBeUndefined();
    await expect(mustKnowCommitAuthors(at, base, signal)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringMatching(why) as unknown,
    });
  };

  it("when only part of the change was fetched, even with its base", async () => {
    ben("checkout", "-q", "-b", "change");
    for (const git of [ben, anna, ben]) git("commit", "-q", "--allow-empty", "-m", "edit");
    const shallow = join(folder, "shallow");
    ben("clone", "-q", "--depth", "2", "--no-single-branch", "-b", "change", `file://${folder}`, shallow);
    // Not inside of the other checkout.
    await rm(join(folder, ".git"), { recursive: true });
    await refused(shallow, "origin/main", /no history, or not all of it/);
  });

  it("outside of a checkout, and in one that the change may have brought", async () => {
    const inner = join(folder, "inner");
    await mkdir(inner);
    execFileSync("git", ["init", "-q"], { cwd: inner });
    ben("-C", inner, "commit", "-q", "--allow-empty", "-m", "mine");
    await refused(inner, undefined, /another repository/);
    await rm(join(folder, ".git"), { recursive: true });
    expect(await mustKnowCommitAuthors(inner, undefined, signal)).toEqual(["ben@example.com"]);
    await rm(join(inner, ".git"), { recursive: true });
    await refused(inner, undefined, /no history/);
  });
});
