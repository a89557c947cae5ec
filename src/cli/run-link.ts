type Environment = Readonly<Record<string, string | undefined>>;

/** The page of this run in the CI system that it runs in; undefined elsewhere. */
export function findRunLink(env: Environment): string | undefined {
  const url = github(env) ?? filled(env["CI_JOB_URL"]) ?? azure(env) ?? filled(env["BUILD_URL"]);
  return url !== undefined && /^https?:\/\/[\x21-\x7e]+$/.test(url) && URL.canParse(url) ? url : undefined;
}

function github(env: Environment): string | undefined {
  return joined(
    "/",
    env["GITHUB_SERVER_URL"],
    env["GITHUB_REPOSITORY"],
    "actions/runs",
    env["GITHUB_RUN_ID"],
  );
}

function azure(env: Environment): string | undefined {
  const project = env["SYSTEM_TEAMPROJECTID"] ?? env["SYSTEM_TEAMPROJECT"];
  const collection = env["SYSTEM_TEAMFOUNDATIONCOLLECTIONURI"]?.replace(/\/$/, "");
  const page = joined("/", collection, project && encodeURIComponent(project), "_build/results?buildId=");
  return joined("", page, env["BUILD_BUILDID"]);
}

/** Undefined when a part is missing. */
function joined(by: string, ...parts: readonly (string | undefined)[]): string | undefined {
  return parts.every((part) => filled(part) !== undefined) ? parts.join(by) : undefined;
}

function filled(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}
