import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Real data that is kept beside the project, and never in it; undefined where it is not there. */
export function findSharedData(path: string): string | undefined {
  const places = ["../../../shared/data/", "../../../../shared/data/"].map((way) =>
    fileURLToPath(new URL(way + path, import.meta.url)),
  );
  return places.find((place) => existsSync(place));
}
