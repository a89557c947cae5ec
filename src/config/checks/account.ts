import type { Connection } from "../../model/connection.js";

/** The same text for connections that surely lead to the same account: same type, address and secret (or folder). */
export function accountOf({ type, apiKey, baseUrl, options }: Connection): string {
  return JSON.stringify(type === "file" ? [type, options["path"]] : [type, baseUrl, apiKey]);
}
