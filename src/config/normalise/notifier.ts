import type { Notifier } from "../../model/config/notifier.js";
import type { NotifierOptions } from "../../model/manifests/notifier-manifest.js";
import type { Notifier as NotifierYaml } from "../schema/config-file.gen.js";
import { kindOf } from "../plugins/own-kinds.js";
import { secretsIn } from "./secret.js";
import type { Standing } from "./standing.js";

export function notifierOf(name: string, yaml: NotifierYaml, { folder, own }: Standing): Notifier {
  const { kind, module } = kindOf("notifiers", yaml.type, own);
  const written: NotifierOptions = { ...yaml };
  return {
    name,
    type: kind.type,
    kind,
    module,
    on: yaml.on ?? ["failure", "refusal", "drift", "recovery"],
    exports: yaml.exports,
    options: kind.optionsOf(written),
    secrets: secretsIn(written, kind.secretKeys, folder),
  };
}
