import { isAbsolute, parse, resolve } from "node:path";
import { Failure } from "../../model/failure.js";
import { isPlainVariable } from "../../model/words/plain-word.js";
import type { SecretRef } from "../../model/config/secret-ref.js";
import { FileFault } from "../files/file-fault.js";
import { readProjectFile } from "../files/open-project-file.js";
import { isWithin } from "../files/is-within.js";
import { removeFromPath } from "../path-without.js";
import { Secret } from "./secret.js";
import { ownValue } from "../../model/own-value.js";

/** A key is some dozens of characters; what is much longer is not a key. */
const MAX_BYTES = 64 * 1024;
const COMMAND_TIMEOUT_MS = 30_000;

export interface SecretContext {
  /** Relative files and commands start here. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Where the reference is in the config, such as `connections.brevo.apiKey`. */
  readonly place: string;
  /** It is an API key, which goes into a header of HTTP. */
  readonly isKey?: true;
}

/**
 * Fetches the secret that a config refers to. Throws `Failure`: `invalid` when
 * a variable or file is not as the config says, `auth` when a command does not
 * hand the secret out. No message holds anything of what was read or printed,
 * nor of the reference: a key may have been pasted where its name belongs.
 */
export async function resolveSecret(ref: SecretRef, context: SecretContext): Promise<Secret> {
  context.signal.throwIfAborted();
  const what = secretInWords(ref, context.place);
  const fetched = await fetchSecret(ref, what, context);
  const secret = secretOf(fetched, "command" in ref ? `What ${uncapitalised(what)} printed` : what);
  if (context.isKey === true) mustBeAscii(secret, what);
  return secret;
}

async function fetchSecret(ref: SecretRef, what: string, context: SecretContext): Promise<string> {
  if ("env" in ref) return readFromEnvironment(ref.env, what);
  return "file" in ref ? readFromFile(ref.file, what, context) : readFromCommand(ref, what, context);
}

/** What a reference leads to, by its place in the config; a variable by its name where that is plainly one. */
export function secretInWords(ref: SecretRef, place: string): string {
  if ("env" in ref)
    return isPlainVariable(ref.env)
      ? `The environment variable ${ref.env}`
      : `The environment variable that \`${place}\` names`;
  return `The ${"file" in ref ? "file" : "command"} that \`${place}\` names`;
}

function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** A secret goes into an HTTP header, so it is one line without control characters. */
function secretOf(value: string, what: string): Secret {
  if (value === "") throw new Failure("invalid", `${what} is empty.`, { hint: "Put the key into it." });
  if (/\p{Cc}/u.test(value))
    throw new Failure("invalid", `${what} holds a line break or control character.`, {
      hint: "It has to be the key and nothing else.",
    });
  const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.exec(value);
  if (unseen !== null)
    throw new Failure(
      "invalid",
      `${what} holds a character that one does not see: ${codePoint(unseen[0])}${whereIn(value, unseen)}.`,
      {
        hint: "It often comes along when a key is copied from a page or a chat. Type it over, or copy the key from where it was made.",
      },
    );
  return new Secret(value);
}

/** No vendor's key holds a letter of another alphabet or a typographic quote, and no header may. */
function mustBeAscii(secret: Secret, what: string): void {
  const key = secret.reveal();
  const strange = /[^ -~]/u.exec(key);
  if (strange === null) return;
  throw new Failure(
    "invalid",
    `${what} holds a character that no key has: ${codePoint(strange[0])}${whereIn(key, strange)}.`,
    {
      hint: "It may be a quote of a text processor, or a letter of another alphabet that looks alike. Copy the key from where it was made.",
    },
  );
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function whereIn(value: string, { 0: found, index }: RegExpExecArray): string {
  if (index === 0) return ", at its start";
  return index + found.length === value.length ? ", at its end" : ", inside of it";
}

function readFromEnvironment(name: string, what: string): string {
  const value = ownValue(process.env, name);
  if (value === undefined)
    throw new Failure("invalid", `${what} is not set.`, {
      hint: "Set it to the key before you run this. The config holds its name, never the key.",
    });
  return value;
}

async function readFromFile(path: string, what: string, { folder, signal }: SecretContext): Promise<string> {
  try {
    // Where it may lie is checked with the config; secret stores mount them by links.
    const bytes = await readProjectFile(resolve(folder, path), { within: undefined, maxBytes: MAX_BYTES });
    signal.throwIfAborted();
    return withoutNewline(bytes.toString("utf8"));
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new Failure("invalid", `${what} ${error.why}.`, {
      hint: "It has to be a file that holds the key and nothing else.",
    });
  }
}

async function readFromCommand(
  { command, away }: Extract<SecretRef, { command: unknown }>,
  what: string,
  { folder, signal }: SecretContext,
): Promise<string> {
  const [program = "", ...args] = command;
  if (away !== undefined) await mustLieElsewhere(command, what, away);
  const { execa } = await import("execa");
  const result = await execa(program, args, {
    ...(away === undefined
      ? { cwd: folder }
      : { cwd: parse(away).root, env: { PATH: await removeFromPath(away) } }),
    stdin: "ignore",
    timeout: COMMAND_TIMEOUT_MS,
    cancelSignal: signal,
    maxBuffer: MAX_BYTES,
    stripFinalNewline: false,
    reject: false,
  });
  signal.throwIfAborted();
  if (!result.failed) return withoutNewline(result.stdout);
  // Neither output is quoted: tools print secrets, also when they fail.
  throw new Failure("auth", `${what} ${explainFailure(result)}.`, {
    hint: "Run it yourself to see why; it has to print the key and end with exit code 0.",
  });
}

/** A script of the checkout may have been changed by whoever wrote the change. */
async function mustLieElsewhere(command: readonly string[], what: string, away: string): Promise<void> {
  // Also as a part of a word: `--require=FILE`, `one:other`.
  for (const path of command.flatMap((word) => [word, ...word.split(/[=:,;]/)])) {
    if (!isAbsolute(path) || !(await isWithin(path, [away]))) continue;
    throw new Failure("auth", `${what} runs or reads a file of the checkout.`, {
      hint: "--untrusted does not trust what lies there. Use {env: NAME}, or a program that is installed elsewhere.",
    });
  }
}

function explainFailure(result: {
  code?: string | undefined;
  timedOut: boolean;
  isMaxBuffer: boolean;
  exitCode?: number | undefined;
  signal?: string | undefined;
}): string {
  if (result.timedOut) return `did not end within ${COMMAND_TIMEOUT_MS / 1000} seconds`;
  if (result.isMaxBuffer) return `printed more than ${MAX_BYTES / 1024} KB`;
  if (result.exitCode !== undefined) return `ended with exit code ${result.exitCode}`;
  if (result.signal !== undefined) return `was ended by ${result.signal}`;
  return result.code === "ENOENT" ? "was not found" : "could not be started";
}

function withoutNewline(text: string): string {
  return text.replace(/\r?\n$/, "");
}
