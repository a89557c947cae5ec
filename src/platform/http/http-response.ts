import type { Dispatcher } from "undici";
import { Failure } from "../../model/failure.js";
import { unknownOutcome } from "./http-error.js";
import type { Shape } from "./shape.js";
import { parseJson } from "./strict-json.js";

/** A write is sent once; a read may be sent again. */
export type RequestKind = "read" | "write";

export interface HttpResponse {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The same before it was decoded, which costs more than reading it; the caller may change it. */
  readonly bytes: Buffer;
  /** The JSON, once it is shown to be what is needed. Throws what `odd` gives when it is not, e.g. for an HTML page. */
  read<T>(shape: Shape<T>): T;
  /**
   * What is wrong with an answer that says something else than it should: a
   * write may have been carried out, a read is of no use. `how` goes on after
   * "was answered with", and quotes no value.
   */
  odd(how: string): Failure;
  /** The request, as people may see it. */
  readonly request: string;
  readonly requestId: string | undefined;
}

export interface ReadOptions {
  /** The request, as people may see it. */
  readonly what: string;
  readonly kind: RequestKind;
  /** Longest answer that is held in memory. */
  readonly maxBytes: number;
  /** Values of request headers, of which an error must not repeat one. */
  readonly secrets: readonly string[];
}

const REQUEST_IDS = ["x-request-id", "sib-request-id", "request-id", "x-amz-request-id", "cf-ray"];

/**
 * Reads an answer to its end, within bounds. Throws `Failure` when it is a
 * redirect or too long: `unknown-outcome` when a write is answered at too great
 * a length, otherwise `permanent`.
 */
export async function readResponse(
  answer: Dispatcher.ResponseData,
  options: ReadOptions,
): Promise<HttpResponse> {
  const { what, kind } = options;
  const headers = flatten(answer.headers);
  const requestId = REQUEST_IDS.map((name) => headers[name]).find(
    (id) => id !== undefined && /^[\w.:-]{1,100}$/.test(id),
  );
  const bytes = await bodyOf(answer, options);
  const status = answer.statusCode;
  if (status >= 300 && status < 400) {
    throw new Failure("permanent", `${what} was redirected, which is not followed.`, {
      hint: "Check the baseUrl of the connection.",
    });
  }
  const text = (): string => {
    const said = bytes.toString("utf8");
    return status < 400 ? said : withoutSecrets(said, options.secrets);
  };
  const odd = (how: string): Failure => {
    const message = `${what} was answered with ${how}.`;
    if (kind === "write" && status < 300) return unknownOutcome(message);
    return new Failure("permanent", message, {
      hint: "Check the baseUrl of the connection, and whether a proxy is in between. If the vendor itself answers so, update Rollcall, or report it.",
    });
  };
  return {
    status,
    headers,
    bytes,
    get text() {
      return text();
    },
    request: what,
    requestId,
    odd,
    read: (shape) => {
      const value = json(bytes, status, odd);
      const wrong = shape(value);
      if (wrong === undefined) return value as never;
      throw odd(`another shape than expected: ${wrong.path || "the answer"} ${wrong.trouble}`);
    },
  };
}

async function bodyOf(
  answer: Dispatcher.ResponseData,
  { what, kind, maxBytes }: ReadOptions,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      const message = `${what} was answered with more than ${maxBytes} bytes.`;
      throw kind === "write" ? unknownOutcome(message) : new Failure("permanent", message);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What an error says is told to people, and some servers repeat the request in it. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .map((value) => value.replace(/^Bearer /, ""))
    .filter((key) => key !== "")
    .reduce((rest, key) => rest.replaceAll(key, "•••"), text);
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

/** The text as UTF-8 and nothing else: an address with a letter that got lost is somebody else's. */
function json(bytes: Buffer, status: number, odd: (how: string) => Failure): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw odd(`${status} and text that is not UTF-8`);
  }
  try {
    return parseJson(text);
  } catch (error) {
    const form =
      text.trim() === ""
        ? "nothing"
        : /^\s*</.test(text)
          ? "an HTML page"
          : error instanceof SyntaxError
            ? error.message
            : "something else";
    throw odd(`${status} and ${form}${form.startsWith("JSON") ? "" : " instead of JSON"}`);
  }
}
