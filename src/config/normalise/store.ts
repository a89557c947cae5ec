import { resolve } from "node:path";
import type { Credentials, StoreConfig } from "../../model/store.js";
import type { SecretReference, State } from "../config-file.gen.js";
import { secretOf } from "./secret.js";

const PREFIX = "rollcall";

/** Keys that tell the places of two states apart. */
const PLACE = ["path", "account", "container", "bucket", "endpoint", "prefix", "schema", "name"];

/** Whether a section says where the state is, and not only how it is reached and kept. */
export function saysPlace(yaml: object): boolean {
  return PLACE.some((key) => key in yaml);
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
  const within = (prefix: string): string =>
    environment === undefined ? prefix : `${prefix}/${environment}`;
  switch (yaml?.type) {
    case "azureBlob": {
      const { account, container, prefix = PREFIX, connectionString, accountKey, sasToken } = yaml;
      const credentials = credentialsOf({ connectionString, accountKey, sasToken }, secrets);
      return { type: "azureBlob", account, container, prefix: within(prefix), credentials };
    }
    case "s3": {
      const { bucket, prefix = PREFIX, region, endpoint, forcePathStyle = false } = yaml;
      const { accessKeyId, secretAccessKey, sessionToken } = yaml;
      const credentials = credentialsOf({ accessKeyId, secretAccessKey, sessionToken }, secrets);
      return { type: "s3", bucket, prefix: within(prefix), region, endpoint, forcePathStyle, credentials };
    }
    case "postgres": {
      const { schema = "rollcall", url } = yaml;
      const name = [yaml.name, environment].filter((part) => part !== undefined).join("-");
      const credentials = credentialsOf({ url }, secrets);
      return { type: "postgres", schema, name: name === "" ? "default" : name, credentials };
    }
    default:
      return {
        type: "local",
        path: resolve(folder, yaml?.path ?? ".rollcall", environment ?? ""),
        credentials: {},
      };
  }
}

function credentialsOf<Key extends string>(
  yaml: Readonly<Record<Key, SecretReference | undefined>>,
  folder: string,
): Credentials<Key> {
  const given = Object.entries<SecretReference | undefined>(yaml).flatMap(([key, ref]) =>
    ref === undefined ? [] : [[key, secretOf(ref, folder)] as const],
  );
  return Object.fromEntries(given) as Credentials<Key>;
}
