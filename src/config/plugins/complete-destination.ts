import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { isMapping } from "./is-mapping.js";
import { isListOfTexts, isType, readCommon, type Said } from "./said.js";
import { WRITTEN } from "./written.js";

/** The manifest of a destination with everything that may be left out; the name of what is missing or wrong, where something is. */
export function completeDestination(said: Said): DestinationManifest | string {
  const common = readCommon(said);
  if (typeof common === "string") return common;
  const {
    aliases = [],
    label,
    isService,
    fieldNames = {},
    hasSmsNumbers = false,
    listNameFault = noFault,
  } = said;
  if (!isListOfTexts(aliases) || !aliases.every(isType)) return "aliases";
  if (typeof label !== "string") return "label";
  if (typeof isService !== "boolean") return "isService";
  if (!isMapping(fieldNames)) return "fieldNames";
  if (typeof listNameFault !== "function") return "listNameFault";
  return {
    ...common,
    aliases,
    label,
    isService,
    // Nobody else knows what they do.
    definingOptions: Object.keys(common.options.properties),
    optionsOf: asWritten,
    fieldNames: fieldNames as Readonly<Record<string, string>>,
    hasSmsNumbers: hasSmsNumbers === true,
    listNameFault: guarded(listNameFault as DestinationManifest["listNameFault"], label),
    starter: { connection: common.type, lines: [], list: "" },
  };
}

function asWritten<Options>(written: Options): Options {
  return written;
}

/** A name that it cannot judge is not taken. */
function guarded(
  listNameFault: DestinationManifest["listNameFault"],
  label: string,
): DestinationManifest["listNameFault"] {
  return (spec) => {
    try {
      const fault: unknown = listNameFault(spec);
      if (fault === undefined) return undefined;
      if (isMapping(fault) && typeof fault["message"] === "string" && typeof fault["hint"] === "string")
        return {
          part: fault["part"] === "folder" ? "folder" : "name",
          message: fault["message"],
          hint: fault["hint"],
        };
    } catch {
      // Said below.
    }
    return {
      part: "name",
      message: `The plug-in of ${label} cannot tell whether a list may be called so.`,
      hint: `Its \`listNameFault\` has to answer with undefined, or with part, message and hint. ${WRITTEN.destination}`,
    };
  };
}

function noFault(): undefined {
  return undefined;
}
