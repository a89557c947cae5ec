import { resolve } from "node:path";
import type { SecretRef } from "../../model/config/secret-ref.js";
import type { SecretReference } from "../schema/config-file.gen.js";

/** A reference as the config writes it; a relative file starts at `folder`. */
export function secretOf(yaml: SecretReference, folder: string): SecretRef {
  if (yaml.env !== undefined) return { env: yaml.env };
  if (yaml.file !== undefined) return { file: resolve(folder, yaml.file) };
  return { command: yaml.command ?? [] };
}

/** By their keys. Where a plain value may be written as well, as the address of a webhook may, only a reference counts. */
export function secretsIn(
  written: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  folder: string,
): Record<string, SecretRef> {
  const given = keys.flatMap((key) => {
    const ref = written[key];
    return typeof ref === "object" ? [[key, secretOf(ref as SecretReference, folder)] as const] : [];
  });
  return Object.fromEntries(given);
}
