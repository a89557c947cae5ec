import { Failure } from "../model/failure.js";

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,199}$/;

/** Refuses names that could leave the folder or mean something to a file system. */
export function checkBlobName(name: string): string {
  if (!name.split("/").every((segment) => SEGMENT.test(segment))) {
    throw new Failure("invalid", `"${printable(name)}" is not a name for a blob in state`, {
      hint: "Names are parts of letters, digits, '.', '_' and '-', joined by '/'; no part starts with '.' or '-'.",
    });
  }
  return name;
}

/** A lease name is one such part. */
export function checkLeaseName(name: string): string {
  if (!SEGMENT.test(name)) {
    throw new Failure("invalid", `"${printable(name)}" is not a name for a lock`, {
      hint: "Use letters, digits, '.', '_' and '-'; do not start with '.' or '-'.",
    });
  }
  return name;
}

function printable(name: string): string {
  return name.replaceAll(/[^\x20-\x7e]/g, "?").slice(0, 80);
}
