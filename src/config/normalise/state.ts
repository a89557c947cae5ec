import { dirname } from "node:path";
import type { StateConfig } from "../../model/config/config.js";
import type { State } from "../schema/config-file.gen.js";
import { durationSeconds } from "../../model/duration.js";
import { secretOf } from "./secret.js";
import { storeOf } from "./store.js";

/** `file` is the one that the section is in; `folder` is that of the root config. */
interface StatePlace {
  readonly file: string;
  readonly folder: string;
  /** Whose state this is, when nothing but its name tells it from that of another. */
  readonly environment: string | undefined;
}

export function stateOf(yaml: State | undefined, { file, folder, environment }: StatePlace): StateConfig {
  const secrets = dirname(file);
  const keys = yaml?.encryption === "none" ? undefined : yaml?.encryption;
  return {
    store: storeOf(yaml, { folder, secrets, environment }),
    lockTtlSeconds: durationSeconds(yaml?.lockTtl ?? "60s"),
    encryption: keys && {
      key: secretOf(keys.key, secrets),
      previousKeys: (keys.previousKeys ?? []).map((one) => secretOf(one, secrets)),
    },
    retention: {
      unreferencedSeconds: durationSeconds(yaml?.retention?.unreferenced ?? "7d"),
      historySeconds: durationSeconds(yaml?.retention?.history ?? "30d"),
    },
  };
}
