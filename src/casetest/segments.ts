import { compileExport } from "../reconcile/compile/compile-export.js";
import { withSegmentsSql } from "../reconcile/desired/desired-sql.js";
import { runUserQuery } from "../reconcile/desired/user-query.js";
import type { Config } from "../model/config/config.js";
import type { Export } from "../model/config/export.js";
import { Failure } from "../model/failure.js";
import { identifier } from "../plugin/relation.js";
import { resolveExactNames } from "../planner/compile/exact-names-of-export.js";
import { loadSources } from "../planner/rows/load-data.js";
import type { Run } from "../run/run.js";

type Program = ReturnType<typeof compileExport>;

/** Keys of the people in each segment, sorted, or why they cannot be known. Loads the sources that are not loaded yet. */
export async function findMembersOfSegments(
  run: Run,
  names: readonly string[],
): Promise<Map<string, readonly string[] | Failure>> {
  const members = new Map<string, readonly string[] | Failure>();
  if (names.length === 0) return members;
  const programs = new Map<string, Program>();
  for (const name of names) {
    await tryProgram(members, name, async () => void programs.set(name, await programOf(run, name)));
  }
  const missing = await loadSources(run, await notLoaded(run, [...programs.values()]));
  for (const [name, program] of programs) {
    await tryProgram(members, name, async () => {
      const failure = program.sources.map((source) => missing.get(source)).find((one) => one !== undefined);
      if (failure !== undefined) throw failure;
      const rows = await runUserQuery(run.engine, program, [name], () =>
        run.engine.outer.rows<{ key: string }>(
          `${withSegmentsSql(program)}SELECT DISTINCT address_key(${program.email}) AS key FROM ${identifier(name)} WHERE key IS NOT NULL ORDER BY key`,
        ),
      );
      members.set(
        name,
        rows.map(({ key }) => key),
      );
    });
  }
  return members;
}

/** What is left to load for these programs: sources that no view has the name of. */
async function notLoaded(
  { engine }: Run,
  programs: readonly Program[],
): Promise<{ program: Program; previous: undefined }[]> {
  const views = await engine.outer.rows<{ name: string }>(
    `SELECT view_name AS name FROM duckdb_views() WHERE NOT internal`,
  );
  const loaded = new Set(views.map(({ name }) => name));
  return programs.map((program) => {
    const sources = program.sources.filter((source) => !loaded.has(source));
    return { program: { ...program, sources }, previous: undefined };
  });
}

async function tryProgram(
  members: Map<string, readonly string[] | Failure>,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    members.set(name, error);
  }
}

/** The segment alone, as an export of it would be compiled: without consent, suppressions and attributes. */
async function programOf(run: Run, name: string): Promise<Program> {
  const { config } = run;
  const [user] = usersOf(config, name);
  const alone: Config = { ...config, suppressions: [], connections: new Map() };
  const email = config.segments.get(name)?.email ?? user?.match.email ?? "email";
  const wanted = { connection: "", segments: [name], match: { email, id: undefined }, consent: undefined };
  const exact = await resolveExactNames({ ...run, config: alone }, wanted);
  return compileExport(exact.config, exact.wanted, [], exact.namedBy);
}

function usersOf({ exports }: Config, segment: string): Export[] {
  return [...exports.values()].filter(({ segments }) => segments.includes(segment));
}
