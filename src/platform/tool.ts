import { createRequire } from "node:module";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

/** Name and version, as written into plans, events and state. */
export const TOOL = `rollcall ${version}`;

/** How requests name us: services in front of vendors turn clients away that say nothing. */
export const USER_AGENT = `rollcall/${version}`;
