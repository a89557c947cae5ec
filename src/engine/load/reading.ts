import { createHash } from "node:crypto";
import type { Reading } from "../../plugin/source.js";
import { namesMayBeValues, type Source } from "../../model/config/source.js";
import type { Engine } from "../engine.js";

/** What a source may ask this engine about its files. */
export function readingOf(engine: Engine, source: Source, signal: AbortSignal): Reading {
  const { outer } = engine;
  if (namesMayBeValues(source)) outer.keepUntold(source.name);
  return {
    query: (sql) => outer.rows(sql),
    told: (names) => outer.told(names, source.name),
    scratch: (name) => engine.outerPath(`copy-${createHash("sha256").update(name).digest("hex")}`),
    scratchBytes: engine.diskBytes,
    signal,
  };
}
