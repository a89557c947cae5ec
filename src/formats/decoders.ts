import { TextDecoder } from "node:util";
import { Transform } from "node:stream";
import type { FileEncoding } from "../model/file-encoding.js";

/** What is not in the encoding that it is said to be in, and where. */
export class NotEncodedSo extends Error {
  readonly line: number;
  readonly hint: string;

  constructor(line: number, hint: string) {
    super("not in the encoding");
    this.line = line;
    this.hint = hint;
  }
}

/** How a file begins, as text, by its first bytes. What of them is not in the encoding is told where all are read. */
export function decodeHead(bytes: Buffer, encoding: FileEncoding = "UTF-8"): string {
  const bigEndian = bytes[0] === 0xfe || bytes[0] === 0;
  const name = encoding === "UTF-16" ? (bigEndian ? "utf-16be" : "utf-16le") : encoding;
  return new TextDecoder(name).decode(bytes).replace(/^\ufeff/u, "");
}

/** Bytes to text, failing with `NotEncodedSo`. */
export function createDecoder(encoding: Exclude<FileEncoding, "UTF-8">): Transform {
  return encoding === "UTF-16" ? utf16() : oneByte(encoding);
}

const ONE_BYTE = {
  // Control characters there, which nobody writes; letters in windows-1252.
  latin1: {
    isNone: (byte: number): boolean => byte >= 0x80 && byte <= 0x9f,
    hint: "It has letters that only windows-1252 has, such as € or curly quotes: say `encoding: windows-1252`.",
  },
  "windows-1252": {
    isNone: (byte: number): boolean => [0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
    hint: "Say the encoding that it was written in; UTF-8 needs no `encoding`.",
  },
};

function oneByte(encoding: keyof typeof ONE_BYTE): Transform {
  const { isNone, hint } = ONE_BYTE[encoding];
  const decode = new TextDecoder("windows-1252");
  let line = 1;
  let begun = false;
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      if (!begun && bytes.subarray(0, 3).toString("latin1") === "\u00ef\u00bb\u00bf")
        return done(new NotEncodedSo(1, "It begins with the mark of UTF-8: take `encoding` away."));
      begun = true;
      for (const byte of bytes) {
        if (byte >= 0x80 && isNone(byte)) return done(new NotEncodedSo(line, hint));
        if (byte === 0x0a) line += 1;
      }
      done(undefined, decode.decode(bytes, { stream: true }));
    },
  });
}

const UTF_16_HINT = "It may be cut off, or in UTF-8, which needs no `encoding`.";

function utf16(): Transform {
  let decode: TextDecoder | undefined;
  let line = 1;
  /** The rest when there are no more bytes. */
  const text = (bytes: Buffer | undefined): string => {
    if (bytes !== undefined) decode ??= utf16Decoder(bytes, UTF_16_HINT);
    try {
      const found = (bytes === undefined ? decode?.decode() : decode?.decode(bytes, { stream: true })) ?? "";
      line += found.split("\n").length - 1;
      return found;
    } catch {
      throw new NotEncodedSo(line, UTF_16_HINT);
    }
  };
  const step = (bytes: Buffer | undefined, done: (error?: Error | null, text?: string) => void): void => {
    let found: string;
    try {
      found = text(bytes);
    } catch (error) {
      return done(error as Error);
    }
    done(undefined, found);
  };
  return new Transform({
    transform: (bytes: Buffer, _encoding, done) => step(bytes, done),
    flush: (done) => step(undefined, done),
  });
}

/** The byte-order mark says which of two it is; without one, the zero byte of the first letter. */
function utf16Decoder([first = 0, second = 0]: Buffer, hint: string): TextDecoder {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0))
    return new TextDecoder("utf-16le", { fatal: true });
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0))
    return new TextDecoder("utf-16be", { fatal: true });
  throw new NotEncodedSo(1, hint);
}
