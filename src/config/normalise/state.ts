import { dirname, resolve } from "node:path";
import type { StateConfig } from "../../model/config.js";
import type { State } from "../config-file.gen.js";
import { durationSeconds } from "./duration.js";
import { secretOf } from "./secret.js";

/** `file` is the one that the section stands in; `folder` is that of the root config. */
interface StatePlace {
  readonly file: string;
  readonly folder: string;
  /** Whose state this is, when nothing but its name tells it from that of another. */
  readonly environment: string | undefined;
}

/** Whether a section says where the state is, and not only how it is kept. */
export function saysPlace({ path }: State): boolean {
  return path !== undefined;
}

export function stateOf(yaml: State | undefined, { file, folder, environment }: StatePlace): StateConfig {
  const secrets = dirname(file);
  return {
    path: resolve(folder, yaml?.path ?? ".rollcall", environment ?? ""),
    lockTtlSeconds: durationSeconds(yaml?.lockTtl ?? "60s"),
    encryption: yaml?.encryption && {
      key: secretOf(yaml.encryption.key, secrets),
      previousKeys: (yaml.encryption.previousKeys ?? []).map((one) => secretOf(one, secrets)),
    },
    retention: {
      unreferencedSeconds: durationSeconds(yaml?.retention?.unreferenced ?? "7d"),
      historySeconds: durationSeconds(yaml?.retention?.history ?? "30d"),
    },
  };
}
