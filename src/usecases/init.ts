import { appendFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { starterConfig } from "../config/starter.js";
import { STARTER_TESTS } from "../config/test-file/starter.js";
import type { DestinationType } from "../model/connection.js";
import { Failure } from "../model/failure.js";

const CONFIG = "exports.config.yaml";
const TESTS = "segments.test.yaml";
const STATE_FOLDER = ".rollcall/";

/** Writes a commented first config with tests of it, and keeps the state folder out of git. Names what it wrote, relative to `cwd`. */
export async function init(options: {
  cwd: string;
  destination: DestinationType;
}): Promise<readonly string[]> {
  const { cwd, destination } = options;
  try {
    await writeFile(join(cwd, CONFIG), starterConfig(destination), { flag: "wx" });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") {
      throw new Failure("invalid", `${CONFIG} is already here.`, {
        hint: "Edit it, or run init in another folder.",
      });
    }
    throw new Failure("invalid", `${CONFIG} cannot be written here (${code ?? "unknown"}).`, {
      cause: error,
    });
  }
  const tested = await writeIfMissing(join(cwd, TESTS), STARTER_TESTS);
  const ignored = await ignoreState(join(cwd, ".gitignore"));
  return [CONFIG, ...(tested ? [TESTS] : []), ...(ignored ? [".gitignore"] : [])];
}

async function writeIfMissing(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function ignoreState(path: string): Promise<boolean> {
  const text = await readFile(path, "utf8").catch(() => "");
  const known = text.split(/\r?\n/u).some((line) => /^\/?\.rollcall\/?$/u.test(line.trim()));
  if (known) return false;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  await appendFile(path, `${gap}# Who was delivered; holds addresses.\n${STATE_FOLDER}\n`);
  return true;
}
