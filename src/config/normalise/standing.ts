import type { OwnKinds } from "../plugins/own-kinds.js";

/** Where an entry of the config is, and who may know its type. */
export interface Standing {
  /** That of the file it is in; relative paths, and files with secrets, start there. */
  readonly folder: string;
  readonly own: OwnKinds;
}
