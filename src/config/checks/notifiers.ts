import type { Config } from "../../model/config.js";
import type { Notifier } from "../../model/notifier.js";
import { isLoopback } from "../../platform/tls-rule.js";
import type { Problem } from "../problem.js";

type Fault = { readonly key: string; readonly message: string; readonly hint: string };

/** Notices leave encrypted, and no secret is in an address. */
export function notifiers(config: Config): Problem[] {
  return [...config.notifiers.values()].flatMap((notifier): Problem[] => {
    const fault = faultOf(notifier);
    if (fault === undefined) return [];
    const { key, ...said } = fault;
    return [{ severity: "error", code: "wrong-notifier", ...said, at: ["notifiers", notifier.name, key] }];
  });
}

function faultOf(notifier: Notifier): Fault | undefined {
  if (notifier.type === "webhook" && typeof notifier.url === "string") return urlFault(notifier.url);
  if (notifier.type !== "smtp" || notifier.security !== "none" || isLoopback(notifier.host)) return undefined;
  return {
    key: "security",
    message: `E-mail to \`${notifier.host}\` would not be encrypted.`,
    hint: "Use `starttls` or `tls`; `none` is only allowed to this machine (127.0.0.1, localhost).",
  };
}

function urlFault(text: string): Fault | undefined {
  const fault = (message: string, hint: string): Fault => ({ key: "url", message, hint });
  if (!URL.canParse(text))
    return fault("`url` is not an address.", "Such as https://hooks.example.com/rollcall.");
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname)))
    return fault(
      "`url` is not encrypted.",
      "It has to start with https://; plain http is only allowed to this machine (127.0.0.1, localhost).",
    );
  if (username !== "" || password !== "" || search !== "" || hash !== "")
    return fault(
      "`url` holds a password, a query or a fragment.",
      "If that is a secret, write where the whole address is: `url: {env: NAME}`.",
    );
  return undefined;
}
