type Environment = Readonly<Record<string, string | undefined>>;

/** Of all GIT_*: where the settings of this machine and this user are. */
const SETTINGS = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];
const SAFE = "safe.directory";

/** Neither prompts, nor fetches, nor follows what is said to take the place of a commit. */
const NEUTRAL: Environment = {
  // What git says is looked at.
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_GRAFT_FILE: "/dev/null",
  GIT_ATTR_NOSYSTEM: "1",
};

/** To read a repository that is named: no setting but its own. */
export function readingEnvironment(env: Environment, path: string): Environment {
  return {
    ...withoutGit(env),
    ...NEUTRAL,
    PATH: path,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
  };
}

/**
 * To find a repository: whose checkouts are trusted is this machine's to say,
 * in its files or, as CI systems do, in the environment.
 */
export function findingEnvironment(env: Environment, path: string): Environment {
  const count = Number(env["GIT_CONFIG_COUNT"] ?? 0);
  const safe = Array.from(
    { length: Number.isSafeInteger(count) ? Math.max(0, Math.min(count, 1000)) : 0 },
    (_, index) => {
      const key = env[`GIT_CONFIG_KEY_${index}`];
      return key?.toLowerCase() === SAFE ? [env[`GIT_CONFIG_VALUE_${index}`] ?? ""] : [];
    },
  ).flat();
  return {
    ...withoutGit(env),
    ...NEUTRAL,
    ...Object.fromEntries(SETTINGS.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]))),
    PATH: path,
    GIT_CONFIG_COUNT: String(safe.length),
    ...Object.fromEntries(
      safe.flatMap((value, index) => [
        [`GIT_CONFIG_KEY_${index}`, SAFE],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

function withoutGit(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^GIT_/i.test(name)));
}
