import type { StateBackendPlugin } from "../../plugin/state-backend.js";
import { LocalBackend } from "./local-backend.js";
import type { LocalOptions } from "./options.js";

/** State in a folder of this machine. */
export const local = {
  open: async ({ path }: LocalOptions) => new LocalBackend(path),
} satisfies StateBackendPlugin;
