import { createHash } from "node:crypto";
import { Failure } from "../../model/failure.js";
import { readProjectFile } from "../../platform/files/open-project-file.js";
import { isObject, type JsonObject } from "./json.js";

const MOST_BYTES = 64 * 1024 ** 2;

/** A file that says what is in the folder. */
export interface Document {
  readonly path: string;
  /** SHA-256 of its bytes. */
  readonly digest: string;
  readonly content: JsonObject;
}

export async function readDocument(path: string, within: readonly string[]): Promise<Document> {
  const bytes = await readProjectFile(path, { within, maxBytes: MOST_BYTES });
  const content = parse(bytes.toString("utf8").replace(/^\ufeff/u, ""));
  if (!isObject(content))
    throw new Failure("invalid", "it is not JSON, or it is cut off.", {
      hint: "If it is being written, run again when that is done.",
    });
  return { path, digest: digestOf(bytes), content };
}

/** Whether it still says what it said; one that is being written again does not. */
export async function isAsRead(document: Document, within: readonly string[]): Promise<boolean> {
  const bytes = await readProjectFile(document.path, { within, maxBytes: MOST_BYTES }).catch(() => undefined);
  return bytes !== undefined && digestOf(bytes) === document.digest;
}

function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
