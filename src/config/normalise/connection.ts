import { resolve } from "node:path";
import type { Connection } from "../../model/config/connection.js";
import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { AGREEMENT_TEXT } from "../../policy/agreement-text.js";
import { kindOf } from "../plugins/own-kinds.js";
import type { Connection as ConnectionYaml } from "../schema/config-file.gen.js";
import { durationSeconds } from "../../model/duration.js";
import { secretOf } from "./secret.js";
import type { Standing } from "./standing.js";

export function connectionOf(name: string, yaml: ConnectionYaml, { folder, own }: Standing): Connection {
  const { kind, module } = kindOf("connections", yaml.type, own);
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
