import type { Source, SourceBase, SourceManifest } from "../../model/config/source.js";
import type { CdmSource } from "./cdm-source.js";

export const manifest: SourceManifest = {
  type: "cdm",
  description:
    "Profiles in a Common Data Model folder, as Dynamics 365 Customer Insights, Azure Synapse Link and Power BI dataflows write them: `model.json` or a `.manifest.cdm.json`, and the CSV or Parquet files that it names.",
  options: {
    required: ["path", "entity"],
    properties: {
      path: {
        type: "string",
        minLength: 1,
        description:
          "The `model.json` or `.manifest.cdm.json`, or the folder that it is in, relative to this config file.",
        examples: ["CustomerInsights_5fd1/Daily"],
      },
      entity: {
        type: "string",
        minLength: 1,
        description: "The table that holds the profiles, as that file calls it.",
        examples: ["Customer"],
      },
      finalNewline: {
        enum: ["required", "optional"],
        default: "required",
        description:
          "Whether the last line of a CSV file has to have a line end: without one, the file may be cut off within its last value.",
      },
    },
  },
  secretKeys: [],
  pathKeys: ["path"],
  readsProject: true,
  readsText: false,
  sourceOf,
  queryOf: () => undefined,
  pathsOf: ({ path }: CdmSource) => [{ path, index: undefined }],
  definitionOf: ({ path, entity }: CdmSource, called) => ({ path: called(path), entity }),
  faultsOf: () => [],
  valuesOf: () => "typed",
};

function sourceOf(
  { path = "", entity = "", finalNewline = "required" }: Partial<CdmSource>,
  base: SourceBase,
): Source {
  const source: CdmSource = { ...base, type: "cdm", kind: manifest, path, entity, finalNewline };
  return source;
}
