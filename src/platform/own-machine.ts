import type { IncomingHttpHeaders } from "node:http";

const HERE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/** Whether only this machine reaches an address that a server listens on. */
export function isOnLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/**
 * Why a server on loopback answers nothing to a request; undefined when it may. A page on the web can have the browser
 * send forms to this machine (its `Origin` tells), or have its own name lead here and read the answers as its own
 * (DNS rebinding: the name in `Host` tells). What is not a browser may leave both out.
 */
export function explainForeignRequest({ host, origin }: IncomingHttpHeaders): string | undefined {
  if (host !== undefined && !HERE.test(host))
    return "This server answers only under localhost, 127.0.0.1 or [::1].\n";
  if (origin === undefined) return undefined;
  if (host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`) return undefined;
  return "This server answers no page of another origin.\n";
}
