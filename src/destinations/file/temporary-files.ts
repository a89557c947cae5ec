import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { processIdentity } from "../../platform/process-identity.js";
import { sweepFiles } from "../../platform/files/sweep.js";

const NAME = /^\.rollcall-(.+)\.tmp$/;

/** A new name beside the lists for a file that does not have its own yet; it tells whose it is. */
export function temporaryPath(folder: string): string {
  return join(folder, `.rollcall-${processIdentity}.${randomUUID()}.tmp`);
}

/** Removes what runs that were killed left beside the lists, which is people's data. */
export function sweepTemporary(folder: string): Promise<void> {
  return sweepFiles(folder, (name) => NAME.exec(name)?.[1]);
}
