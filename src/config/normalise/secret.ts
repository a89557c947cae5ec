import { resolve } from "node:path";
import type { SecretRef } from "../../model/config/secret-ref.js";
import type { SecretReference } from "../schema/config-file.gen.js";

/** A reference as the config writes it; a relative file starts at `folder`. */
export function secretOf(yaml: SecretReference, folder: string): SecretRef {
  if (yaml.env !== undefined) return { env: yaml.env };
  if (yaml.file !== undefined) return { file: resolve(folder, yaml.file) };
  return { command: yaml.command ?? [] };
}
