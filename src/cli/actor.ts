import { hostname, userInfo } from "node:os";

type Environment = Readonly<Record<string, string | undefined>>;

/** Who runs this, for the run's record: the CI system's word where there is one, else user@host. */
export function describeActor(env: Environment): string {
  if (env.GITHUB_ACTIONS === "true") return ci("github", env.GITHUB_ACTOR, env.GITHUB_RUN_ID);
  if (env.GITLAB_CI === "true") return ci("gitlab", env.GITLAB_USER_LOGIN, env.CI_JOB_ID);
  if (env.TF_BUILD === "True") return ci("azure", env.BUILD_REQUESTEDFOREMAIL, env.BUILD_BUILDID);
  return `${user()}@${hostname()}`;
}

/**
 * Who runs this as `roles` names it; undefined when the CI system does not say,
 * or is one that we do not know. docs/access.md says how far each can be believed.
 */
export function findIdentity(env: Environment): string | undefined {
  if (isScheduled(env)) return "ci:schedule";
  // Who runs a workflow again is somebody else than who started it.
  if (env.GITHUB_ACTIONS === "true") return named("github", env.GITHUB_TRIGGERING_ACTOR ?? env.GITHUB_ACTOR);
  if (env.GITLAB_CI === "true") return named("gitlab", env.GITLAB_USER_LOGIN);
  if (env.TF_BUILD === "True") return named("azure", env.BUILD_REQUESTEDFOREMAIL);
  const elsewhere = env.CI !== undefined && env.CI !== "" && env.CI !== "false";
  return elsewhere ? undefined : named("local", user());
}

/** Nobody stands behind such a run: GitHub names who touched the schedule last, GitLab its owner. */
function isScheduled(env: Environment): boolean {
  return (
    env.GITHUB_EVENT_NAME === "schedule" ||
    env.CI_PIPELINE_SOURCE === "schedule" ||
    env.BUILD_REASON === "Schedule"
  );
}

function named(system: string, who: string | undefined): string | undefined {
  return who === undefined || who === "" ? undefined : `${system}:${who}`;
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
