import { Failure } from "../model/failure.js";
import type { BlobEntry } from "../plugin/state-backend.js";

/** The version that an answer names, without the quotes of an ETag. */
export function parseVersion(etag: string | undefined, label: string): string {
  if (etag === undefined) throw silent("an ETag", label);
  return etag.replaceAll('"', "");
}

/** When the store answered by its own clock, epoch ms. */
export function parseTime(date: Date | string | undefined, label: string): number {
  const time = new Date(date ?? "").getTime();
  if (Number.isNaN(time)) throw silent("the time", label);
  return time;
}

/** One entry of a listing. What has no time would look old enough to be cleared away. */
export function parseEntry(
  {
    name,
    bytes,
    modifiedAt,
  }: { name: string | undefined; bytes: number | undefined; modifiedAt: Date | undefined },
  label: string,
): BlobEntry {
  if (name === undefined || name === "") throw silent("the name of an entry", label);
  if (bytes === undefined || !Number.isSafeInteger(bytes) || bytes < 0)
    throw silent("the size of an entry", label);
  if (modifiedAt === undefined || Number.isNaN(modifiedAt.getTime()))
    throw silent("the time of an entry", label);
  return { name, bytes, modifiedAt };
}

function silent(what: string, label: string): Failure {
  return new Failure("permanent", `${label} did not say ${what} in its answer`, {
    hint: "Check whether a proxy is in between.",
  });
}
