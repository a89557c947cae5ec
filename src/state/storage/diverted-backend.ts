import type { StateBackend } from "../../plugin/state-backend.js";
import { Failure } from "../../model/failure.js";

/** A backend that writes only to `beside` and reads from there first, then from `broken`. */
export function divertBackend(broken: StateBackend, beside: StateBackend): StateBackend {
  return {
    label: beside.label,
    readRoot: (signal) => beside.readRoot(signal),
    writeRoot: (bytes, ifVersion, signal) => beside.writeRoot(bytes, ifVersion, signal),
    putBlob: (name, content, signal) => beside.putBlob(name, content, signal),
    getBlob: (name, path, signal) =>
      besideFirst((backend) => backend.getBlob(name, path, signal), broken, beside),
    readBlob: (name, signal) => besideFirst((backend) => backend.readBlob(name, signal), broken, beside),
    listBlobs: (prefix, signal) => beside.listBlobs(prefix, signal),
    deleteBlob: (name, signal) => beside.deleteBlob(name, signal),
    acquireLease: (name, info, ttlMs, signal) => beside.acquireLease(name, info, ttlMs, signal),
    leases: (signal) => beside.leases(signal),
    breakLease: (name, id, signal) => beside.breakLease(name, id, signal),
  };
}

async function besideFirst<T>(
  read: (backend: StateBackend) => Promise<T>,
  broken: StateBackend,
  beside: StateBackend,
): Promise<T> {
  try {
    return await read(beside);
  } catch (error) {
    if (error instanceof Failure && error.kind === "not-found") return read(broken);
    throw error;
  }
}
