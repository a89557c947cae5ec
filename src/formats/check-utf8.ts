import { basename } from "node:path";
import { Failure } from "../model/failure.js";
import { ENCODINGS_HINT } from "../model/file-encoding.js";
import type { RowsSource } from "../model/config/rows-source.js";
import { shownPath } from "../platform/files/file-fault.js";
import { findLineNotUtf8 } from "./not-utf8.js";

/** Throws, with its line, where a text is not in UTF-8 and its source does not say another encoding. */
export async function checkUtf8(source: RowsSource, path: string): Promise<void> {
  if ((source.rules.encoding ?? "UTF-8") !== "UTF-8") return;
  const line = await findLineNotUtf8(path);
  if (line === undefined) return;
  throw new Failure(
    "invalid",
    `Source "${source.name}": line ${line} of ${shownPath(basename(path))} is not in UTF-8.`,
    { hint: ENCODINGS_HINT },
  );
}
