import { isLoopback } from "./tls-rule.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface FailedConnection {
  /** Such as `ECONNREFUSED`. */
  readonly code: string | undefined;
  readonly host?: string | undefined;
  /** Somebody else's library asks, which goes by these variables. */
  readonly usesProxies?: boolean | undefined;
}

/**
 * What of the environment may be the reason why a server cannot be reached or
 * is not believed. Variables are named and never their values: that of a proxy
 * may hold a password. `host` is where it went, where that is known.
 */
export function environmentHint(
  { code, host, usesProxies = false }: FailedConnection,
  env: Environment = process.env,
): string | undefined {
  if (code !== undefined && UNKNOWN_AUTHORITY.test(code)) return authorityHint(env);
  if (code !== undefined && ANSWERED.test(code)) return undefined;
  if (usesProxies) return undefined;
  const proxy = PROXIES.find((name) => (env[name] ?? "") !== "");
  if (proxy === undefined || (host !== undefined && (isLoopback(host) || isExcepted(host, env))))
    return undefined;
  return `${proxy} is set, but Rollcall connects without a proxy. Let this machine reach ${host === undefined ? "the server" : `port 443 of ${host}`} directly.`;
}

/** Looked at in this order; HTTP_PROXY is for what is not encrypted, which is not sent. */
const PROXIES = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/** The chain of certificates ends at somebody whom this machine does not know. */
const UNKNOWN_AUTHORITY =
  /^(UNABLE_TO_(VERIFY_LEAF_SIGNATURE|GET_ISSUER_CERT(_LOCALLY)?)|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?|CERT_UNTRUSTED)$/;

/** There was somebody, so that the way there is not the trouble. */
const ANSWERED = /CERT|^ERR_TLS|^ERR_SSL|^HPE_|^UND_ERR_(SOCKET|HEADERS_OVERFLOW)$/;

function authorityHint(env: Environment): string {
  const file = env["NODE_EXTRA_CA_CERTS"] ?? "";
  return file === ""
    ? "If a certificate authority of your own, such as a company's, has signed it, name the file of its certificate (PEM) in NODE_EXTRA_CA_CERTS."
    : "NODE_EXTRA_CA_CERTS is set: see that its file is there and holds the certificate (PEM) of the authority that signed it.";
}

/** `NO_PROXY` as everybody reads it: names with all that lies below them, or `*`. */
function isExcepted(host: string, env: Environment): boolean {
  const names = (env["NO_PROXY"] ?? env["no_proxy"] ?? "").toLowerCase().split(/[\s,]+/);
  return names
    .map((name) => name.replace(/:\d+$/, "").replace(/^\*?\./, ""))
    .some((name) => name === "*" || (name !== "" && (host === name || host.endsWith(`.${name}`))));
}
