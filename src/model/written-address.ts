const ATOM = "a-z0-9!#$%&'*+/=?^_`{|}~-";
const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
/** A key that anybody can be sent to, but for its length; both vendors refuse quoted local parts. The engine reads it, too. */
export const SENDABLE = new RegExp(`^[${ATOM}]+(\\.[${ATOM}]+)*@(${LABEL}\\.)+${LABEL}$`);

const WORD = String.raw`\p{L}\p{M}\p{N}`;
/** One address and nothing else, whether it can be sent to or not. */
const PLAIN = new RegExp(`^[${WORD}.${ATOM}]+@[${WORD}_-][${WORD}_.-]*(?<=[${WORD}])$`, "iu");
/** What nobody sees: zero-width spaces, marks of direction, soft hyphens. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const BLANK = String.raw`[\s\p{Z}\p{Cc}\u2800]+`;
const EDGES = new RegExp(`^${BLANK}|${BLANK}$`, "gu");
/** What no address begins or ends with: quotes, brackets, dots, bullets. */
const WRAPPING = new RegExp(`^[^${WORD}${ATOM}]+|[^${WORD}]+$`, "giu");
const SCHEME = /^(?:mailto|smtp|e-?mail)\s*:(?:\/\/)?/i;
const COMMENT = /\s#[^@]*$|\s*\([^()@]*\)$|^\([^()@]*\)/g;
const NAMED = /^([^<>]*)<([^<>]*)>\W*$/;
/** What an address may begin with, and what spreadsheets and lists put before one. */
const PREFIX = /^(?:e-?mail=|['`*={|~^])+/i;
const LONGEST = 5000;
/** Encodings may be laid over one another. */
const MOST_LAYERS = 3;

/**
 * The keys of all whom a written address may stand for, where that is certain:
 * `Anna <a@x.de>`, `mailto:`, quotes, brackets, stray separators, invisible
 * characters and percent-encoding are seen through. What is an address as it
 * stands is that one, also where nobody can be sent to; blank is nobody.
 *
 * For what restrains: to read `'anna@x.de` as `anna@x.de` as well costs little,
 * to miss somebody is wrong.
 */
export function findWrittenAddresses(text: string): readonly string[] | "unreadable" {
  if (text.length > LONGEST) return "unreadable";
  const seen = text.replaceAll(INVISIBLE, "").replaceAll("\u3002", ".");
  const forms = new Set([seen.normalize("NFC"), seen.normalize("NFKC")]);
  const read = [...forms].map((form) => listed(form, 0)).filter((keys) => keys !== undefined);
  return read.length === 0 ? "unreadable" : [...new Set(read.flat())];
}

/** Undefined: nobody can tell. */
type Keys = readonly string[] | undefined;

/** One address, or several with separators between. */
function listed(text: string, layer: number): Keys {
  const whole = trimmed(text);
  if (whole === "") return [];
  return single(whole, layer) ?? each(whole.split(/[,;\s]+/), layer) ?? each(whole.split(/[,;\r\n]+/), layer);
}

function each(parts: readonly string[], layer: number): Keys {
  const filled = parts.map(trimmed).filter((part) => part.replaceAll(WRAPPING, "") !== "");
  if (filled.length < 2) return undefined;
  const read = filled.map((part) => single(part, layer));
  return read.every((keys) => keys !== undefined) ? read.flat() : undefined;
}

function single(text: string, layer: number): Keys {
  const decoded = percentDecoded(text);
  if (decoded === undefined) return plain(text) ?? named(text, layer) ?? undecorated(text, layer);
  const inner = layer < MOST_LAYERS ? listed(decoded, layer + 1) : undefined;
  const own = plain(text);
  // A percent sign may be in an address, so that what it encodes need not be one.
  return own === undefined ? inner : [...own, ...(inner ?? [])];
}

/** Undefined when nothing is encoded. */
function percentDecoded(text: string): string | undefined {
  if (!/%[\da-f]{2}/i.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function plain(text: string): Keys {
  if (!PLAIN.test(text)) return undefined;
  const bare = text.replace(PREFIX, "");
  return bare !== text && PLAIN.test(bare) ? [keyOf(text), keyOf(bare)] : [keyOf(text)];
}

/** `Anna <a@x.de>`; whoever has an address for a name is meant by both. */
function named(text: string, layer: number): Keys {
  const [, name = "", inside] = NAMED.exec(text) ?? [];
  if (inside === undefined || trimmed(name) === "") return undefined;
  const own = listed(inside, layer);
  const other = name.includes("@") ? listed(name, layer) : [];
  return own?.length === 0 ? undefined : own && other && [...own, ...other];
}

/** Only what can be sent to: of what is left of `a@x. com` nobody knows whom it means. */
function undecorated(text: string, layer: number): Keys {
  const bare = without(text);
  if (bare === text) return undefined;
  const keys = single(trimmed(bare), layer)?.filter((key) => SENDABLE.test(key));
  return keys === undefined || keys.length === 0 ? undefined : keys;
}

/** The text with one kind of decoration less. */
function without(text: string): string {
  const scheme = SCHEME.exec(text)?.[0];
  if (scheme !== undefined) return text.slice(scheme.length).replace(/\?.*$/s, "");
  const bare = text.replaceAll(COMMENT, "");
  return bare === text ? text.replace(/^"([^"\s]+)"@/, "$1@").replaceAll(WRAPPING, "") : bare;
}

function trimmed(text: string): string {
  return text.replaceAll(EDGES, "");
}

/** The key of what is one address: lower-case, domain as A-labels. */
function keyOf(address: string): string {
  // As the engine does: a dotted I is the ASCII letter, and a sigma the same wherever it stands.
  const text = address.replaceAll("\u0130", "i").replaceAll("\u03a3", "\u03c3").toLowerCase();
  const at = text.lastIndexOf("@") + 1;
  const domain = text.slice(at);
  if (/^[\x20-\x7e]*$/.test(domain)) return text;
  try {
    return text.slice(0, at) + new URL(`http://${domain}`).hostname;
  } catch {
    return text;
  }
}
