/** Encodings that files of text may be in. */
export type FileEncoding = "UTF-8" | "UTF-16" | "windows-1252" | "latin1";

/** What helps where a file is in another one than it is read in. */
export const ENCODINGS_HINT =
  "Say which encoding it is in: `encoding: windows-1252` for what Excel commonly saves as CSV in western Europe, or `latin1` or `UTF-16`. JSON has to be written in UTF-8.";
