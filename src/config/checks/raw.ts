import type { Export } from "../schema/config-file.gen.js";
import type { MergedConfig } from "../files/merge.js";

/** An export as it was written, for what the written-out form no longer shows. */
export type RawExports = (name: string) => Export | undefined;

export function rawExports(merged: MergedConfig): RawExports {
  return (name) => merged.named.exports.get(name)?.value as Export | undefined;
}
