import { Failure } from "../../model/failure.js";
import { mustBeEntity } from "./entities.js";
import { objectsAt, textAt, type JsonObject } from "./json.js";
import { timeOf } from "./model-json.js";
import { partitionOf } from "./partition-format.js";
import type { Table } from "./table.js";

/** A table of a `.manifest.cdm.json`, but for its columns, which `schema` has: `<file>/<entity>`. */
export interface ManifestTable extends Omit<Table, "columns"> {
  readonly schema: string;
}

export function tableOfManifest(manifest: JsonObject, name: string): ManifestTable {
  const entities = objectsAt(manifest, "entities");
  const entity = mustBeEntity(entities, "entityName", name);
  const schema = textAt(entity, "entityPath");
  if (entity["type"] !== "LocalEntity" || schema === undefined)
    throw new Failure("invalid", `"${name}" is only a link to a table of another folder.`, {
      hint: "Name the manifest that has the table.",
    });
  for (const key of ["dataPartitionPatterns", "incrementalPartitions", "incrementalPartitionPatterns"])
    if (objectsAt(entity, key).length > 0) throw unlisted(name, key);
  const partitions = objectsAt(entity, "dataPartitions");
  const times = partitions.flatMap((one) => timeOf(textAt(one, "lastFileModifiedTime"))?.getTime() ?? []);
  return {
    schema,
    partitions: partitions.map((written) =>
      partitionOf(written, mustBeRelative(textAt(written, "location"))),
    ),
    locations: [],
    asOf: times.length < partitions.length ? undefined : latest(times),
  };
}

function latest(times: readonly number[]): Date | undefined {
  return times.length === 0 ? undefined : new Date(Math.max(...times));
}

/** Files that match a pattern may lack one, and nobody would know. */
function unlisted(name: string, key: string): Failure {
  return new Failure("invalid", `"${name}" has \`${key}\`, which do not say what files there are.`, {
    hint: "Write a manifest that lists all files as `dataPartitions`.",
  });
}

function mustBeRelative(location: string | undefined): string {
  if (location !== undefined && !/^([a-z][a-z0-9+.-]*:|[/\\])/i.test(location)) return location;
  throw new Failure("invalid", "a partition has no `location` that is relative to the manifest.", {
    hint: "Where it lies is known to the program that wrote it. Write the manifest with paths from its own folder.",
  });
}
