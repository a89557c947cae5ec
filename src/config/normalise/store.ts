import { resolve } from "node:path";
import type { StoreConfig } from "../../model/config/store.js";
import type { StoreOptions } from "../../model/manifests/store-manifest.js";
import { backendKind, backends } from "../../registry/backends.js";
import type { State } from "../schema/config-file.gen.js";
import { secretsIn } from "./secret.js";

/** Whether a section says where the state is, and not only how it is reached and kept. */
export function hasPlace(yaml: object): boolean {
  return backends.some(({ placeKeys }) => placeKeys.some((key) => key in yaml));
}

interface StorePlace {
  /** That of the root config. */
  readonly folder: string;
  /** Where relative files with secrets start. */
  readonly secrets: string;
  /** Whose state this is, when nothing but its name tells it from that of another. */
  readonly environment: string | undefined;
}

export function storeOf(yaml: State | undefined, { folder, secrets, environment }: StorePlace): StoreConfig {
  const kind = backendKind(yaml?.type);
  const written: StoreOptions = { ...yaml };
  const options = Object.entries(kind.optionsOf(written, environment)).map(
    ([key, value]): [string, unknown] => [
      key,
      kind.pathKeys.includes(key) ? resolve(folder, value as string) : value,
    ],
  );
  return {
    type: kind.type,
    kind,
    options: Object.fromEntries(options),
    credentials: secretsIn(written, kind.secretKeys, secrets),
  };
}
