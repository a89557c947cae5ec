import { join } from "node:path";
import { starterConfig } from "../config/write/starter.js";
import { STARTER_TESTS } from "../config/test-file/starter.js";
import { Failure } from "../model/failure.js";
import { FileFault } from "../platform/files/file-fault.js";
import { MAX_CONFIG_BYTES, readProjectFile } from "../platform/files/open-project-file.js";
import { findDestinationKind } from "../registry/destinations.js";
import { isExisting } from "../platform/files/repository-root.js";
import { writeNewFile, writeOutput } from "../platform/files/write-output.js";

const CONFIG = "exports.config.yaml";
const TESTS = "segments.test.yaml";
const IGNORE = ".gitignore";
const STATE_FOLDER = ".rollcall/";

/** Writes a commented first config with tests of it, and keeps the state folder out of git. Names what it wrote, relative to `cwd`. */
export async function init(options: {
  cwd: string;
  /** Its type. */
  destination: string;
}): Promise<readonly string[]> {
  const { cwd } = options;
  const destination = findDestinationKind(options.destination);
  if (destination === undefined) throw new TypeError(`there is no destination ${options.destination}`);
  const ignored = await withState(cwd);
  try {
    await writeNewFile(CONFIG, starterConfig(destination), { cwd });
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.reason === "exists") {
      throw new Failure("invalid", `${CONFIG} is already here.`, {
        hint: "Edit it, or run init in another folder.",
      });
    }
    throw new Failure("invalid", `${CONFIG} ${error.why}.`, { cause: error });
  }
  const tested = await writeIfMissing(TESTS, STARTER_TESTS, cwd);
  if (ignored !== undefined) await writeOutput(IGNORE, ignored, { cwd });
  return [CONFIG, ...(tested ? [TESTS] : []), ...(ignored === undefined ? [] : [IGNORE])];
}

async function writeIfMissing(name: string, text: string, cwd: string): Promise<boolean> {
  try {
    await writeNewFile(name, text, { cwd });
    return true;
  } catch (error) {
    if (error instanceof FileFault && error.reason === "exists") return false;
    throw error;
  }
}

/** What git is to ignore, with the state folder; undefined when that is there already. */
async function withState(cwd: string): Promise<string | undefined> {
  const text = await findIgnored(join(cwd, IGNORE), cwd);
  const known = text.split(/\r?\n/u).some((line) => /^\/?\.rollcall\/?$/u.test(line.trim()));
  if (known) return undefined;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  return `${text}${gap}# Who was delivered; holds addresses.\n${STATE_FOLDER}\n`;
}

async function findIgnored(path: string, cwd: string): Promise<string> {
  try {
    return (await readProjectFile(path, { within: [cwd], maxBytes: MAX_CONFIG_BYTES })).toString("utf8");
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.reason === "missing" && !isExisting(path)) return "";
    throw new Failure("invalid", `${IGNORE} ${error.why}.`, {
      hint: "It has to be a file: the folder of the state has to stay out of git. Nothing was written.",
      cause: error,
    });
  }
}
