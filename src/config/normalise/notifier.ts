import type { Notifier } from "../../model/config/notifier.js";
import type { NotifierOptions } from "../../model/manifests/notifier-manifest.js";
import type { SecretRef } from "../../model/config/secret-ref.js";
import { notifierKind } from "../../registry/notifiers.js";
import type { Notifier as NotifierYaml, SecretReference } from "../schema/config-file.gen.js";
import { secretOf } from "./secret.js";

/** `folder` is that of the file the notifier is in; files with secrets start there. */
export function notifierOf(name: string, yaml: NotifierYaml, folder: string): Notifier {
  const kind = notifierKind(yaml.type);
  const written: NotifierOptions = { ...yaml };
  return {
    name,
    type: kind.type,
    kind,
    on: yaml.on ?? ["failure", "refusal", "drift", "recovery"],
    exports: yaml.exports,
    options: kind.optionsOf(written),
    secrets: secretsOf(written, kind.secretKeys, folder),
  };
}

/** Where a plain value may stand as well, as the address of a webhook may, only a reference counts. */
function secretsOf(
  written: NotifierOptions,
  keys: readonly string[],
  folder: string,
): Record<string, SecretRef> {
  const given = keys.flatMap((key) => {
    const ref = written[key];
    return typeof ref === "object" ? [[key, secretOf(ref as SecretReference, folder)] as const] : [];
  });
  return Object.fromEntries(given);
}
