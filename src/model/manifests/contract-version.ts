/** The version of what a module of a project and Rollcall expect of each other. */
export const CONTRACT_VERSION = 1;
