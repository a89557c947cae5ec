import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Failure } from "../../model/failure.js";
import { counted } from "../../model/words/counted.js";
import { FileFault, shownPath } from "../../platform/files/file-fault.js";
import { findPlace } from "../../platform/files/open-project-file.js";
import { wayOf, type Way } from "./location.js";
import type { Partition, PlacedPartition, Table } from "./table.js";

const MOST_NAMED = 3;

/**
 * The file of each partition. Their addresses are those of the storage that the folder was written to: the same
 * part of each is the folder itself, and what follows is looked for beside `document`.
 */
export async function findPartitions(
  table: Pick<Table, "partitions" | "locations">,
  document: string,
  within: readonly string[],
): Promise<readonly PlacedPartition[]> {
  const folder = dirname(document);
  const ways = table.partitions.map(({ location }) => wayOf(location));
  if (new Set(ways.map(({ storage }) => storage)).size > 1)
    throw new Failure("invalid", `${basename(document)} names partitions that lie in different storages.`, {
      hint: "All files of a table have to lie in the folder beside it.",
    });
  const depth = await depthOfFolder(table, ways, document);
  const placed: PlacedPartition[] = [];
  for (const [index, partition] of table.partitions.entries())
    placed.push(await place(partition, join(folder, ...(ways[index]?.names.slice(depth) ?? [])), within));
  const paths = placed.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new Failure("invalid", `${basename(document)} names ${shownPath(basename(twice))} twice.`, {
      hint: "Everybody in it would be there twice. Write the folder again.",
    });
  return placed;
}

/** How many names of each way lead to the folder. */
async function depthOfFolder(
  { locations }: Pick<Table, "locations">,
  ways: readonly Way[],
  document: string,
): Promise<number> {
  const folder = dirname(document);
  if (ways.every(({ storage }) => storage === undefined)) {
    await mustBeThere(ways, 0, document);
    return 0;
  }
  const [first] = ways;
  const all = [...ways, ...locations.flatMap((location) => sameStorage(location, first))];
  const shared = sharedNames(all.map(({ names }) => names.slice(0, -1)));
  const called = shared.flatMap((name, index) => (name === basename(folder) ? [index + 1] : []));
  const depths = called.length > 0 ? called : Array.from({ length: shared.length + 1 }, (_, depth) => depth);
  const fitting: number[] = [];
  for (const depth of depths) if ((await missing(ways, depth, folder)).length === 0) fitting.push(depth);
  const [depth] = fitting;
  if (fitting.length > 1)
    throw new Failure(
      "invalid",
      `which files ${basename(document)} means is not clear: there are several of each name.`,
      {
        hint: "Keep the folders as they were written, and nothing else in them.",
      },
    );
  if (depth !== undefined) return depth;
  const counts: (readonly [number, number])[] = [];
  for (const one of depths) counts.push([one, (await missing(ways, one, folder)).length]);
  const [[likeliest] = [0]] = counts.toSorted(([, a], [, b]) => a - b);
  await mustBeThere(ways, likeliest, document);
  return likeliest;
}

/** Another table may lie elsewhere; it then says nothing of where the folder is. */
function sameStorage(location: string, first: Way | undefined): Way[] {
  try {
    const way = wayOf(location);
    return way.storage === first?.storage ? [way] : [];
  } catch {
    return [];
  }
}

function sharedNames(all: readonly (readonly string[])[]): readonly string[] {
  const [first = []] = all;
  const end = first.findIndex((name, index) => !all.every((names) => names[index] === name));
  return end === -1 ? first : first.slice(0, end);
}

async function missing(ways: readonly Way[], depth: number, folder: string): Promise<readonly string[]> {
  const paths = ways.map(({ names }) => names.slice(depth).join("/"));
  const there = await Promise.all(
    paths.map((path) =>
      stat(join(folder, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return paths.filter((_, index) => there[index] !== true);
}

async function mustBeThere(ways: readonly Way[], depth: number, document: string): Promise<void> {
  const lacking = await missing(ways, depth, dirname(document));
  if (lacking.length === 0) return;
  const named = lacking.slice(0, MOST_NAMED).map(shownPath).join(", ");
  const more = lacking.length > MOST_NAMED ? `, …` : "";
  throw new Failure(
    "not-found",
    `${basename(document)} names ${counted(ways.length, "partition")}, and ${lacking.length} of them ${lacking.length === 1 ? "is" : "are"} not beside it: ${named}${more}.`,
    {
      hint: "Copy the whole folder as it was written, `model.json` or the manifest last. Who is missing would count as gone.",
    },
  );
}

async function place(
  partition: Partition,
  path: string,
  within: readonly string[],
): Promise<PlacedPartition> {
  try {
    const real = await findPlace(path, within);
    await mustHaveSize(partition, real);
    return { ...partition, path: real };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure(error.kind, `${shownPath(basename(path))} ${error.why}.`, {
      hint: "Every partition has to be readable: who is missing would count as gone.",
      cause: error,
    });
  }
}

async function mustHaveSize({ bytes }: Partition, path: string): Promise<void> {
  const { size } = await stat(path);
  if (bytes !== undefined && size !== bytes)
    throw new Failure(
      "invalid",
      `${shownPath(basename(path))} has ${size} bytes instead of the ${bytes} that the manifest tells.`,
      {
        hint: "It is cut off, or another one. Copy the folder again.",
      },
    );
  if (size === 0 && bytes === undefined)
    throw new Failure(
      "invalid",
      `${shownPath(basename(path))} is empty, and nothing says that it should be.`,
      {
        hint: "It may have been cut off, or is being written. Copy the folder again.",
      },
    );
}
