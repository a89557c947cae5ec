/** The text of a small file, or the line in which it stops being that. */
export type Decoded = { readonly text: string } | { readonly badLine: number };

/** UTF-16 where a byte-order mark says so, as of text that Excel or PowerShell wrote; else UTF-8. */
export function decodeText(bytes: Uint8Array): Decoded {
  const [first = 0, second = 0] = bytes;
  const mark = first * 256 + second;
  const decoded =
    mark === 0xfffe || mark === 0xfeff
      ? decodeUtf16(bytes, mark === 0xfffe ? "utf-16le" : "utf-16be")
      : decodeUtf8(bytes);
  if ("badLine" in decoded) return decoded;
  // No text holds one, but UTF-16 without its mark does.
  const zero = decoded.text.indexOf("\0");
  return zero < 0 ? decoded : { badLine: decoded.text.slice(0, zero).split("\n").length };
}

function decodeUtf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Decoded {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    const lenient = new TextDecoder(encoding).decode(bytes);
    return { badLine: lenient.slice(0, lenient.indexOf("\ufffd")).split("\n").length };
  }
}

/** The same of what has to be UTF-8. A byte-order mark is accepted and dropped. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    return { badLine: firstBadLine(bytes) };
  }
}

function firstBadLine(bytes: Uint8Array): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  let start = 0;
  while (start < bytes.length) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline === -1 ? bytes.length : newline + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
    line += 1;
  }
  return line;
}
