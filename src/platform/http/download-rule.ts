import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Failure } from "../../model/failure.js";
import { isLoopback, parseSafeUrl } from "./tls-rule.js";

/**
 * The address behind a link that an answer holds. Only an API on this machine
 * may send us to this machine; nobody may send us into a private network or to
 * a machine's metadata service.
 */
export function linkedUrl(text: string, base: URL): URL {
  const url = safeLink(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isLoopback(base.hostname) && isLoopback(host)) return url;
  if (isLoopback(host) || (isIP(host) !== 0 && isIn(PRIVATE, host))) throw inward(url.host);
  return url;
}

function safeLink(text: string): URL {
  try {
    return parseSafeUrl(text);
  } catch (error) {
    throw new Failure("permanent", "An answer holds a download link that is not an https address.", {
      hint: "Check the baseUrl of the connection, and whether a proxy is in between.",
      cause: error,
    });
  }
}

/** Names may point inwards as well; loopback is only for links of an API on this machine. */
export function outwardLookup(base: URL): LookupFunction {
  return (hostname, options, done) => {
    if (isLoopback(base.hostname)) lookup(hostname, options, done);
    else
      lookup(hostname, { ...options, all: true }, (error, found) => {
        if (error !== null) return done(error, "", 0);
        const [first] = found;
        if (first === undefined || found.some(({ address }) => isIn(OWN, address)))
          return done(inward(hostname), "", 0);
        if (options.all === true) return done(null, found);
        return done(null, first.address, first.family);
      });
  };
}

function inward(host: string): Failure {
  return new Failure("permanent", `A download link leads to ${host}, inside this network.`, {
    hint: "No vendor's files lie there. Check the baseUrl of the connection.",
  });
}

/** This machine, and what only it can reach. */
const OWN = blocked([
  ["0.0.0.0", 8],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["::", 127],
  ["fe80::", 10],
]);
const PRIVATE = blocked([
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
]);

function blocked(ranges: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of ranges) list.addSubnet(net, prefix, net.includes(":") ? "ipv6" : "ipv4");
  return list;
}

function isIn(list: BlockList, address: string): boolean {
  // `::ffff:10.0.0.1` is checked as what it stands for.
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
