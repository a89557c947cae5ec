import type { NotifierManifest } from "../../model/manifests/notifier-manifest.js";
import { pickOptions, readCommon, findSecretKeys, type Said } from "./said.js";

/** The manifest of a notifier with everything that may be left out; the name of what is missing or wrong, where something is. */
export function completeNotifier(said: Said): NotifierManifest | string {
  const common = readCommon(said);
  if (typeof common === "string") return common;
  const { properties } = common.options;
  return {
    ...common,
    secretKeys: findSecretKeys(properties),
    optionsOf: (written) => pickOptions(written, properties),
    optionFault: () => undefined,
    starter: `{type: ${common.type}}`,
  };
}
