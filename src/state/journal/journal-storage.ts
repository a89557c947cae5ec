import type { StateBackend } from "../../plugin/state-backend.js";
import { isCutOff, isSealed, unsealBytes, sealBytes, type Binding } from "../storage/envelope.js";
import type { JournalStorage } from "./journal.js";
import type { KeyRing } from "../storage/state-key.js";

/** The journals of a state: each segment in an envelope that is bound to its name. */
export function createJournalStorage(backend: StateBackend, keys: KeyRing, lineage: string): JournalStorage {
  const binding = (name: string): Binding => ({
    lineage,
    purpose: name,
    what: `${name} in ${backend.label}`,
  });
  return {
    label: backend.label,
    putBlob: async (name, content, signal) => {
      const key = keys.current;
      const bytes = key === undefined ? content.bytes : sealBytes(content.bytes, key, binding(name));
      await backend.putBlob(name, { bytes }, signal);
    },
    readBlob: async (name, signal) => {
      const stored = await backend.readBlob(name, signal);
      // A segment that a crash cut off is for the journal to judge.
      return isSealed(stored) && !isCutOff(stored) ? unsealBytes(stored, keys, binding(name)) : stored;
    },
    listBlobs: (prefix, signal) => backend.listBlobs(prefix, signal),
    deleteBlob: (name, signal) => backend.deleteBlob(name, signal),
  };
}
