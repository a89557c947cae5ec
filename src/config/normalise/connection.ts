import { resolve } from "node:path";
import type { Connection } from "../../model/config/connection.js";
import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { AGREEMENT_TEXT } from "../../policy/agreement-text.js";
import { kindOf, type OwnDestinations } from "../plugins/own-destinations.js";
import type { Connection as ConnectionYaml } from "../schema/config-file.gen.js";
import { durationSeconds } from "./duration.js";
import { secretOf } from "./secret.js";

interface Standing {
  /** That of the file the connection is in; relative paths start there. */
  readonly folder: string;
  readonly own: OwnDestinations;
}

export function connectionOf(name: string, yaml: ConnectionYaml, { folder, own }: Standing): Connection {
  const found = kindOf(yaml.type, own);
  if (found === undefined) throw new TypeError(`there is no destination ${yaml.type}`);
  const { kind, module } = found;
  return {
    name,
    type: kind.type,
    kind,
    module,
    displayName: yaml.displayName,
    dataPrivacy: yaml.dataPrivacy && {
      ...yaml.dataPrivacy,
      text: yaml.dataPrivacy.text ?? AGREEMENT_TEXT.version,
    },
    usableBy: yaml.usableBy ?? "admins",
    suppressions: yaml.suppressions ?? [],
    ...serviceOf(yaml, folder),
    options: kind.optionsOf(ownOptions(kind, yaml, folder)),
  };
}

/** What only services have; the rest of it says how to wait for somebody who answers at once. */
function serviceOf(
  yaml: ConnectionYaml,
  folder: string,
): Pick<
  Connection,
  "apiKey" | "contract" | "baseUrl" | "optOuts" | "requestTimeoutSeconds" | "jobTimeoutSeconds"
> {
  const { apiKey, contract, baseUrl, optOuts, requestTimeout, jobTimeout } = yaml as ServiceYaml;
  return {
    apiKey: apiKey && secretOf(apiKey, folder),
    contract,
    baseUrl,
    optOuts: { maxAgeSeconds: durationSeconds(optOuts?.maxAge ?? "24h") },
    requestTimeoutSeconds: requestTimeout === undefined ? undefined : durationSeconds(requestTimeout),
    jobTimeoutSeconds: durationSeconds(jobTimeout ?? "1h"),
  };
}

type Service = Extract<ConnectionYaml, { apiKey: unknown }>;
type ServiceYaml = Partial<
  Pick<Service, "apiKey" | "contract" | "baseUrl" | "optOuts" | "requestTimeout" | "jobTimeout">
>;

function ownOptions(
  { options }: DestinationManifest,
  yaml: object,
  folder: string,
): Readonly<Record<string, unknown>> {
  const own = Object.entries(yaml).filter(([key]) => Object.hasOwn(options.properties, key));
  return Object.fromEntries(
    own.map(([key, value]: [string, unknown]) => [
      key,
      key === "path" && typeof value === "string" ? resolve(folder, value) : value,
    ]),
  );
}
