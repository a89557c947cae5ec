import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../model/failure.js";
import { MAX_CONFIG_BYTES, readProjectFile } from "../platform/files/open-project-file.js";
import { mustStayInside, writeOutput } from "../platform/files/write-output.js";
import { validateSavedLabel } from "../validators/saved-label.gen.js";
import type { StateBackend } from "../plugin/state-backend.js";
import { openFolder } from "./backends.js";

const LABEL_FILE = "saved-state.json";

/** What a saved folder is; beside it lies a state folder's own layout. */
export type SavedLabel =
  /** Everything, as it was at one time. */
  | { readonly formatVersion: 1; readonly kind: "backup"; readonly savedAt: string }
  /** What a run could not store; only these accounts and exports count. */
  | {
      readonly formatVersion: 1;
      readonly kind: "errored";
      readonly savedAt: string;
      readonly runId: string;
      readonly accounts: readonly string[];
      readonly exports: readonly string[];
    };

/** Makes a private folder for a saved state, which git leaves alone; throws when something is there. */
export async function makeSavedFolder(folder: string, cwd: string): Promise<StateBackend> {
  await mustStayInside(folder, cwd);
  const there = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw unusable(folder, error);
  });
  if (there.length > 0) {
    throw new Failure("invalid", `${folder} is not empty.`, { hint: "Name a folder that is not there yet." });
  }
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeOutput(".gitignore", "*\n", { cwd: folder, mode: 0o600 });
  } catch (error) {
    throw unusable(folder, error);
  }
  return openFolder(folder);
}

export async function writeLabel(folder: string, label: SavedLabel): Promise<void> {
  const text = `${JSON.stringify(label, undefined, 1)}\n`;
  await writeOutput(LABEL_FILE, text, { cwd: folder, mode: 0o600 });
}

export async function readLabel(folder: string): Promise<SavedLabel> {
  let value: unknown;
  try {
    const path = join(folder, LABEL_FILE);
    const bytes = await readProjectFile(path, { within: [folder], maxBytes: MAX_CONFIG_BYTES });
    value = JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) {
      throw new Failure("invalid", `${folder} is not a saved state: it has no ${LABEL_FILE}.`, {
        hint: "Name a folder that `rollcall state pull FOLDER` or a failed apply has written.",
      });
    }
  }
  const version = (value as { formatVersion?: unknown } | null | undefined)?.formatVersion;
  if (Number.isInteger(version) && Number(version) > 1) {
    throw new Failure("invalid", `${folder} was saved by a newer rollcall.`, {
      hint: "Install the version of rollcall that your team uses; nothing was changed.",
    });
  }
  if (validateSavedLabel(value)) return value as SavedLabel;
  throw new Failure("invalid", `${LABEL_FILE} in ${folder} is damaged.`, {
    hint: "Nothing was changed. Use another copy, or apply again: what was under way is looked up.",
  });
}

function unusable(folder: string, error: unknown): Failure {
  const { code } = error as NodeJS.ErrnoException;
  return new Failure("permanent", `${folder} cannot be written (${code ?? "unknown"}).`, {
    hint: "Name another folder, or make this one writable.",
    cause: error,
  });
}
