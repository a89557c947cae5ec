import { Failure } from "../model/failure.js";

/** The version that an answer names, without the quotes of an ETag. */
export function versionOf(etag: string | undefined, label: string): string {
  if (etag === undefined) throw silent("an ETag", label);
  return etag.replaceAll('"', "");
}

/** When the store answered by its own clock, epoch ms. */
export function timeOf(date: Date | string | undefined, label: string): number {
  const time = new Date(date ?? "").getTime();
  if (Number.isNaN(time)) throw silent("the time", label);
  return time;
}

function silent(what: string, label: string): Failure {
  return new Failure("permanent", `${label} did not say ${what} in its answer`, {
    hint: "Check whether a proxy stands in between.",
  });
}
