import type { Connection } from "../../model/config/connection.js";

/** The same text for connections that surely lead to the same account: same type, address and secret (or folder, where there is none). */
export function accountOf({ type, kind, apiKey, baseUrl, options }: Connection): string {
  return JSON.stringify(kind.isService ? [type, baseUrl, apiKey] : [type, options["path"] ?? options]);
}
