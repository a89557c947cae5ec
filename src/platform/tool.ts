import { createRequire } from "node:module";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

/** Name and version, as written into plans, events and state. */
export const TOOL = `rollcall ${version}`;
