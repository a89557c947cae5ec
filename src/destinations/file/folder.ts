import { mustBeListName } from "../../plugin/list-name.js";
import { isListName } from "./list-name.js";
import { manifest } from "./manifest.js";
import { join, relative, resolve, sep } from "node:path";
import { domainToASCII } from "node:url";
import { Failure } from "../../model/failure.js";
import { mayRead, resolvePlace } from "../../platform/files/is-within.js";
import { findPlace } from "../../platform/files/open-project-file.js";
import { isExisting } from "../../platform/files/repository-root.js";
import type { OpenContext } from "../../plugin/destination.js";

const UNSUBSCRIBED = "unsubscribed.csv";

/** The folder whose CSV files are the lists of an account. */
export interface Folder {
  readonly path: string;
  /** The same on every machine: relative to the project, with slashes. */
  readonly name: string;
  /** Of the run; the engine reads files here and nowhere else. */
  readonly scratch: string;
}

/** Throws `Failure("invalid")` when the folder is neither inside the project nor where the config allows it. */
export async function openFolder({
  connection,
  folder,
  scratch,
  allowPaths = [],
}: OpenContext): Promise<Folder> {
  const { path } = connection.options;
  if (typeof path !== "string" || path === "") {
    throw new Failure("invalid", `The connection ${connection.name} has no path.`, {
      hint: "Write the folder of the lists, for example `path: ./lists`.",
    });
  }
  const absolute = resolve(folder, path);
  if (relative(folder, absolute) === "" || !(await mayRead(absolute, [folder, ...allowPaths]))) {
    throw new Failure("invalid", `The path of connection ${connection.name} leads out of the project.`, {
      hint: "Lists are kept in a folder below that of exports.config.yaml, or where `allowPaths` there allows it.",
    });
  }
  return {
    path: await resolvePlace(absolute),
    name: relative(folder, absolute).split(sep).join("/"),
    scratch,
  };
}

export function listPath(folder: Folder, id: string): string {
  if (!isListName(id)) mustBeListName(manifest, { name: id, folder: undefined });
  return join(folder.path, `${id}.csv`);
}

/** Opt-outs of one list, or (undefined) of all. */
export function optOutPath(folder: Folder, id: string | undefined): string {
  return id === undefined
    ? join(folder.path, UNSUBSCRIBED)
    : listPath(folder, id).replace(/csv$/, UNSUBSCRIBED);
}

/** Where a file of the folder is, without links; undefined when nothing has its name. A link out of the folder is refused. */
export async function findPlaceIn(folder: Folder, path: string): Promise<string | undefined> {
  return isExisting(path) ? findPlace(path, [folder.path]) : undefined;
}

/** The list that a file name stands for, if any. */
export function listOf(fileName: string): string | undefined {
  const id = fileName.endsWith(".csv") ? fileName.slice(0, -".csv".length) : "";
  return isListName(id) ? id : undefined;
}

/** The key of an address in a file that people may also write to: trimmed, NFC, lower case, domain as A-label. */
export function keyOf(address: string): string {
  const text = address.trim().normalize("NFC").toLowerCase();
  const at = text.lastIndexOf("@") + 1;
  const domain = text.slice(at);
  return /^[\x20-\x7e]*$/.test(domain) ? text : text.slice(0, at) + domainToASCII(domain);
}
