import { lookAtSource } from "../../engine/load/look-at-source.js";
import type { Source } from "../../model/config/source.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure } from "../../model/failure.js";
import type { SourceColumn, SourceReport } from "../../model/reports/source-report.js";
import { unlessFailed } from "../../model/unless-failed.js";
import { checkFreshness, findAges } from "../../planner/rows/freshness.js";
import { readFacts } from "../../planner/describe/read-facts.js";
import { readSources } from "../../planner/rows/read-sources.js";
import { withShared } from "../../run/shared.js";
import { openSource } from "../../run/sources.js";
import { withRunFolder } from "../../state/run-folder.js";
import { columnsOf, namedColumns } from "./columns.js";
import { mustFindSource, withSources, type SourcesOptions } from "./open.js";

type Reading = Parameters<Parameters<typeof withSources>[1]>[0];

export interface SourcesTestOptions extends SourcesOptions {
  /** Sources; all when empty. */
  readonly names: readonly string[];
}

/** Reads each source whole, as a plan does: nothing less proves that it is complete. Asks no destination, takes no lock, writes nothing. */
export async function testSources(
  options: SourcesTestOptions,
): Promise<{ reports: readonly SourceReport[]; diagnostics: readonly Diagnostic[] }> {
  const { result, diagnostics } = await withSources(options, async (run) => {
    const { names } = options;
    const chosen =
      names.length === 0
        ? [...run.config.sources.values()]
        : [...new Set(names)].map((name) => mustFindSource(run.config, name));
    const failures = await readSources(run, new Set(chosen.map(({ name }) => name)));
    const reports: SourceReport[] = [];
    for (const source of chosen) reports.push(await reportOf(run, source, failures.get(source.name)));
    return reports;
  });
  return { reports: result ?? [], diagnostics };
}

async function reportOf(run: Reading, source: Source, failure: Failure | undefined): Promise<SourceReport> {
  const { name, type } = source;
  const loaded = run.loadedSources.get(name);
  if (failure !== undefined || loaded === undefined)
    return {
      name,
      type,
      columns: await seenColumns(run, source),
      ...(failure === undefined ? {} : told(failure)),
    };
  const columns = await columnsOf(run.engine, name);
  const old = await findStale(run, name);
  return { name, type, columns, read: readFacts(loaded), ...(old === undefined ? {} : told(old)) };
}

function told({ kind, message, hint }: Failure): Pick<SourceReport, "error"> {
  return { error: { kind, message, hint } };
}

/** Why its data is older than it may be, or its age cannot be known. */
async function findStale(run: Reading, name: string): Promise<Failure | undefined> {
  try {
    const [found] = checkFreshness(run, await findAges(run, [name]));
    if (found === undefined) return undefined;
    const { message, hint } = found;
    return new Failure("refused", message, hint === undefined ? {} : { hint });
  } catch (error) {
    if (error instanceof Failure && error.kind !== "interrupted") return error;
    throw error;
  }
}

/** The names that a first look shows; none where it shows nothing. */
async function seenColumns(
  { config, clock, signal }: Reading,
  source: Source,
): Promise<readonly SourceColumn[]> {
  const seen = await unlessFailed(() =>
    withRunFolder((folder) =>
      withShared(async (shared) => {
        const read = await openSource(config, source, { shared, signal });
        const engine = { folder, timezone: config.timezone, clock, limits: config.sql };
        return lookAtSource(engine, source, read);
      }),
    ),
  );
  return namedColumns(seen?.names ?? []);
}
