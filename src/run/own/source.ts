import type { OwnSource, Source } from "../../model/config/source.js";
import { sourceKit } from "../../plugin/kit.js";
import type { OwnSourceModule, OwnSourceRead } from "../../plugin/own-module.js";
import type { SourceContext, SourceRead } from "../../plugin/source.js";
import { guard, importModule } from "./module.js";
import { mustBeColumns, readSealed, mustBeRead, mustBeRelation } from "./source-shape.js";

/** Opens a source of a type that a module of the project brings. */
export async function openOwnSource(
  source: Source,
  module: string,
  context: SourceContext,
): Promise<SourceRead> {
  const { load } = await importModule<OwnSourceModule>(module);
  const read = await guard(whose(source), context.signal, async () => {
    const opened: unknown = await (await load(sourceKit)).open(source as OwnSource, context);
    mustBeRead(opened);
    return opened;
  });
  return completeRead(read, source, context);
}

/** With what it may leave out. */
function completeRead(read: OwnSourceRead, source: Source, { signal }: SourceContext): SourceRead {
  const ask = <T>(work: () => T): Promise<Awaited<T>> => guard(whose(source), signal, work);
  return {
    files: read.files ?? [],
    attach: read.attach ?? [],
    detach: read.detach ?? [],
    untyped: read.untyped ?? "none",
    signal,
    columnNames: (reading) =>
      ask(async () => {
        const seen: unknown = await read.columnNames(reading);
        mustBeColumns(seen);
        return seen;
      }),
    relation: (reading) =>
      ask(async () => {
        // Two sources of one type call their files alike.
        const scratch = (file: string): string => reading.scratch(`${source.name} ${file}`);
        const relation: unknown = await read.relation({ ...reading, scratch });
        mustBeRelation(relation);
        const { sql, ...more } = relation;
        return { sql, withFiles: sql, alone: [], repeated: [], files: [], ...more };
      }),
    examine: () => ask(() => read.examine?.()),
    seal: (rows) => ask(async () => readSealed(await read.seal(rows))),
  };
}

function whose({ name }: Source): string {
  return `Source "${name}": its plug-in`;
}
