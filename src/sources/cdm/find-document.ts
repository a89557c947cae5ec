import { readdir, stat } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { Failure } from "../../model/failure.js";
import { FileFault, shownPath } from "../../platform/files/file-fault.js";
import { findMatches } from "../../platform/files/find-matches.js";
import { mayRead } from "../../platform/files/is-within.js";
import { findPlace } from "../../platform/files/open-project-file.js";

const MODEL = "model.json";
const MANIFEST = /\.manifest\.cdm\.json$/i;
const MOST_NAMED = 5;

/** The `model.json` or manifest that `path` names, or the one that is in it. */
export async function findDocument(path: string, within: readonly string[]): Promise<string> {
  if (!(await mayRead(path, within))) throw new FileFault(path, "outside", "leads out of the project folder");
  const info = await stat(path).catch(() => undefined);
  return findPlace(info?.isDirectory() === true ? join(path, await nameIn(path, within)) : path, within);
}

async function nameIn(folder: string, within: readonly string[]): Promise<string> {
  const names = await readdir(folder);
  const found = names.filter((name) => name === MODEL || MANIFEST.test(name)).sort();
  const [only] = found;
  if (found.length > 1)
    throw new Failure("invalid", `the folder has several descriptions: ${found.map(shownPath).join(", ")}.`, {
      hint: "Let `path` name the one that is meant.",
    });
  if (only !== undefined) return only;
  const below = await findMatches("*/{,*/,*/*/}{model.json,*.manifest.cdm.json}", {
    folder,
    within,
    outside: "skip",
  }).catch(() => []);
  const named = below.slice(0, MOST_NAMED).map((path) => shownPath(relative(folder, path)));
  throw new Failure(
    "not-found",
    `there is neither a model.json nor a manifest in ${shownPath(basename(folder))}.`,
    {
      hint:
        named.length === 0
          ? "`path` names the folder that holds the model.json of the export, or that file."
          : `Name one of those below it: ${named.join(", ")}${below.length > named.length ? ", …" : ""}.`,
    },
  );
}
