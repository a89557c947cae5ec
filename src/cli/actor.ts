import { hostname, userInfo } from "node:os";

type Environment = Readonly<Record<string, string | undefined>>;

/** Who runs this, for the run's record: the CI system's word where there is one, else user@host. */
export function actor(env: Environment): string {
  if (env.GITHUB_ACTIONS === "true") return ci("github", env.GITHUB_ACTOR, env.GITHUB_RUN_ID);
  if (env.GITLAB_CI === "true") return ci("gitlab", env.GITLAB_USER_LOGIN, env.CI_JOB_ID);
  return `${user()}@${hostname()}`;
}

function ci(system: string, who: string | undefined, job: string | undefined): string {
  return `${system}:${who ?? "unknown"}${job === undefined ? "" : `/${job}`}`;
}

function user(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user id without a name.
    return `uid-${process.getuid?.() ?? "unknown"}`;
  }
}
