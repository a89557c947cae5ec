import type { Command } from "commander";
import { Failure } from "../../model/failure.js";
import type { BaseWish } from "../../run/base/base-config.js";

const UNTRUSTED =
  "nobody has reviewed this checkout: take keys, commands, addresses and limits from the base branch only";
const BASE =
  "with --untrusted: the branch, tag or full commit id to trust (default: the branch that CI merges this change into, else origin/HEAD)";

/** The options of every command that looks at a change before somebody reviewed it; `besides` is what --base means as well. */
export function addUntrustedOptions(command: Command, besides?: string): Command {
  return command
    .option("--untrusted", UNTRUSTED)
    .option("--base <ref>", besides === undefined ? BASE : `${BASE}; ${besides}`);
}

export interface UntrustedOptions {
  readonly untrusted?: boolean;
  readonly base?: string;
  readonly reveal?: boolean;
}

/** What --untrusted and --base ask for; undefined without them. */
export function baseWishOf({ untrusted, base, reveal }: UntrustedOptions): BaseWish | undefined {
  if (untrusted !== true) {
    if (base === undefined) return undefined;
    throw new Failure("invalid", "--base is only for --untrusted.");
  }
  if (reveal === true)
    throw new Failure("invalid", "--reveal and --untrusted do not go together.", {
      hint: "Whoever may write the change could read whole addresses in the log.",
    });
  return { ref: baseOtherThanHead(base), target: targetBranch(process.env) };
}

/** What --base names. HEAD is what is to be held against it. */
export function baseOtherThanHead(base: string | undefined): string | undefined {
  if (base === undefined || !/^(?:HEAD|@)(?:[~^]0)*$/.test(base)) return base;
  throw new Failure("invalid", "--base HEAD would hold the change against itself.", {
    hint: "Name the branch that it is to be merged into, such as origin/main.",
  });
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The branch that CI is to merge this change into. */
function targetBranch(env: Environment): string | undefined {
  const named = [
    env["GITHUB_BASE_REF"],
    env["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"],
    env["SYSTEM_PULLREQUEST_TARGETBRANCH"]?.replace(/^refs\/heads\//, ""),
    env["BITBUCKET_PR_DESTINATION_BRANCH"],
    env["CHANGE_TARGET"],
  ];
  return named.find((name) => name !== undefined && name !== "");
}
