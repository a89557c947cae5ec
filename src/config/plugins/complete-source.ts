import type { OwnSource, SourceManifest } from "../../model/config/source.js";
import { pickOptions, readCommon, findSecretKeys, type Said } from "./said.js";

type Values = ReturnType<SourceManifest["valuesOf"]>;

const VALUES: readonly unknown[] = ["text", "json", "typed"] satisfies readonly Values[];

/** The manifest of a source with everything that may be left out; the name of what is missing or wrong, where something is. */
export function completeSource(said: Said): SourceManifest | string {
  const common = readCommon(said);
  if (typeof common === "string") return common;
  const { values = "typed" } = said;
  if (!VALUES.includes(values)) return "values";
  const { type, options } = common;
  const manifest: SourceManifest = {
    ...common,
    secretKeys: findSecretKeys(options.properties),
    pathKeys: ["path"],
    readsProject: false,
    readsText: false,
    sourceOf: (written, base): OwnSource => ({
      ...base,
      type,
      kind: manifest,
      options: pickOptions(written, options.properties),
    }),
    queryOf: () => undefined,
    pathsOf: ({ options: { path } }: OwnSource) =>
      typeof path === "string" ? [{ path, index: undefined }] : [],
    // Nobody else knows what they do.
    definitionOf: ({ options: { path, ...others } }: OwnSource, called) => ({
      ...others,
      ...(typeof path === "string" ? { path: called(path) } : {}),
    }),
    faultsOf: () => [],
    valuesOf: () => values as Values,
  };
  return manifest;
}
