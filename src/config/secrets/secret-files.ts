import { realpath } from "node:fs/promises";
import type { Config } from "../../model/config/config.js";
import type { SecretRef } from "../../model/config/secret-ref.js";

/** The files that a config takes secrets from. */
export function secretFilesOf({
  connections,
  forget,
  notifiers,
  sources,
  state: { encryption, store },
}: Pick<Config, "connections" | "forget" | "notifiers" | "sources" | "state">): string[] {
  const refs: (SecretRef | undefined)[] = [
    ...[...connections.values()].map(({ apiKey }) => apiKey),
    forget?.key,
    encryption?.key,
    ...(encryption?.previousKeys ?? []),
    ...[...notifiers.values(), ...sources.values()].flatMap(({ secrets }) => Object.values(secrets ?? {})),
    ...Object.values(store.credentials),
  ];
  return refs.flatMap((ref) => (ref !== undefined && "file" in ref ? [ref.file] : []));
}

/** Whether a path leads to one of them; links are followed. */
export async function isSecretFile(
  path: string,
  { secretFiles }: Pick<Config, "secretFiles">,
): Promise<boolean> {
  const known = targets.get(secretFiles) ?? Promise.all(secretFiles.map(real)).then((all) => new Set(all));
  targets.set(secretFiles, known);
  return (await known).has(await real(path));
}

/** Where they lead, looked up once: a config may have many of them, and asks for each of its other files. */
const targets = new WeakMap<readonly string[], Promise<ReadonlySet<string>>>();

function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}
