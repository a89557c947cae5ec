import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Failure } from "../../model/failure.js";
import { removeFromPath } from "../path-without.js";

/** What our signatures are for, so that one made for something else does not count. */
const NAMESPACE = "rollcall";
const TIMEOUT_MS = 120_000;

/**
 * Signs a text with an SSH key, which may be a public key whose other half an
 * agent holds. `ssh-keygen` asks for a passphrase on the terminal itself. One
 * that lies in the checkout is not run.
 * Throws `Failure("auth")` when it cannot.
 */
export async function signText(
  text: string,
  key: string,
  { checkout, signal }: { readonly checkout: string; readonly signal: AbortSignal },
): Promise<string> {
  const words = ["-Y", "sign", "-q", "-n", NAMESPACE, "-f", key];
  const result = await sshKeygen(words, { input: text, checkout, signal });
  if (result.ok && result.stdout.includes("BEGIN SSH SIGNATURE")) return result.stdout;
  throw new Failure("auth", `ssh-keygen could not sign with ${key}.`, {
    hint: "Name a private key, or a public key whose private key your agent holds, with --key.",
  });
}

/**
 * The names of whose key signed a text, by a file of allowed signers: all under
 * which the key stands there, the one that it was verified under first.
 * Undefined when the signature is not of this text, or of no key in the file
 * that is valid now. `folder` is private and takes temporary files.
 */
export async function findSigners(
  text: string,
  signature: string,
  allowedSigners: string,
  {
    folder,
    ...options
  }: { readonly folder: string; readonly checkout: string; readonly signal: AbortSignal },
): Promise<readonly [string, ...string[]] | undefined> {
  const path = join(folder, "approval.sig");
  await writeFile(path, signature, { mode: 0o600 });
  const found = await sshKeygen(["-Y", "find-principals", "-s", path, "-f", allowedSigners], options);
  const [principal, ...more] = found.ok ? found.stdout.split("\n").flatMap(principalsIn) : [];
  if (principal === undefined) return undefined;
  const words = ["-Y", "verify", "-n", NAMESPACE, "-I", principal, "-s", path, "-f", allowedSigners];
  const verified = await sshKeygen(words, { input: text, ...options });
  if (!verified.ok) return undefined;
  const others = [...more, ...principalsOfKey(await readFile(allowedSigners, "utf8"), keyOf(signature))];
  return [principal, ...new Set(others.filter((one) => one !== principal))];
}

/** `ssh-keygen` stops at the first line with the key. */
function principalsOfKey(allowedSigners: string, key: string | undefined): string[] {
  if (key === undefined) return [];
  return allowedSigners.split("\n").flatMap((line) => {
    const [principals = "", ...rest] = line.trim().match(/"[^"]*"|\S+/g) ?? [];
    return !principals.startsWith("#") && rest.includes(key) ? principalsIn(principals) : [];
  });
}

/** Of a first word of a line, which may be quoted and name several. */
function principalsIn(word: string): string[] {
  return word
    .replaceAll('"', "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

/** The public key in a signature, as files of keys write it. Source: OpenSSH, PROTOCOL.sshsig. */
function keyOf(signature: string): string | undefined {
  const blob = Buffer.from(signature.replaceAll(/-----[^-]*-----|\s/g, ""), "base64");
  const start = "SSHSIG".length + 4 + 4;
  if (blob.length < start) return undefined;
  const length = blob.readUInt32BE(start - 4);
  return blob.subarray(start, start + length).toString("base64");
}

async function sshKeygen(
  words: readonly string[],
  {
    input,
    checkout,
    signal,
  }: { readonly input?: string; readonly checkout: string; readonly signal: AbortSignal },
): Promise<{ ok: boolean; stdout: string }> {
  const { execa } = await import("execa");
  const result = await execa("ssh-keygen", words, {
    ...(input === undefined ? { stdin: "ignore" as const } : { input }),
    env: { PATH: await removeFromPath(checkout) },
    timeout: TIMEOUT_MS,
    cancelSignal: signal,
    stripFinalNewline: false,
    reject: false,
  });
  signal.throwIfAborted();
  if (result.code === "ENOENT")
    throw new Failure("invalid", "ssh-keygen was not found.", {
      hint: "Install OpenSSH 8.2 or newer: approvals are signed and verified with it.",
    });
  return { ok: !result.failed, stdout: result.stdout };
}
