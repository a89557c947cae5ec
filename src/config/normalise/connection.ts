import { resolve } from "node:path";
import type { Connection } from "../../model/connection.js";
import { CONSENT_TEXT } from "../../policy/consent-text.js";
import type { Connection as ConnectionYaml } from "../config-file.gen.js";
import { durationSeconds } from "./duration.js";
import { secretOf } from "./secret.js";

/** `folder` is that of the file the connection stands in; relative paths start there. */
export function connectionOf(name: string, yaml: ConnectionYaml, folder: string): Connection {
  const common = {
    name,
    displayName: yaml.displayName,
    dataPrivacy: yaml.dataPrivacy && {
      ...yaml.dataPrivacy,
      text: yaml.dataPrivacy.text ?? CONSENT_TEXT.version,
    },
    usableBy: yaml.usableBy ?? ("admins" as const),
    suppressions: yaml.suppressions ?? [],
  };
  if (yaml.type === "file")
    return {
      ...common,
      type: "file",
      apiKey: undefined,
      contract: undefined,
      baseUrl: undefined,
      optOuts: { maxAgeSeconds: durationSeconds("24h") },
      requestTimeoutSeconds: undefined,
      jobTimeoutSeconds: durationSeconds("1h"),
      options: { path: resolve(folder, yaml.path) },
    };
  return {
    ...common,
    type: yaml.type === "sendinblue" ? "brevo" : yaml.type,
    apiKey: secretOf(yaml.apiKey, folder),
    contract: yaml.contract,
    baseUrl: yaml.baseUrl,
    optOuts: { maxAgeSeconds: durationSeconds(yaml.optOuts?.maxAge ?? "24h") },
    requestTimeoutSeconds:
      yaml.requestTimeout === undefined ? undefined : durationSeconds(yaml.requestTimeout),
    jobTimeoutSeconds: durationSeconds(yaml.jobTimeout ?? "1h"),
    options:
      yaml.type === "sendgrid"
        ? {
            rateLimits: yaml.rateLimits ?? "standard",
            unsubscribeGroups: yaml.unsubscribeGroups ?? [],
            ...(yaml.subuser === undefined ? {} : { subuser: yaml.subuser }),
            ...(yaml.accountId === undefined ? {} : { accountId: String(yaml.accountId) }),
          }
        : {
            rateLimits: yaml.rateLimits ?? "general",
            ...(yaml.clears === undefined ? {} : { clears: yaml.clears }),
            ...(yaml.importFormat === undefined ? {} : { importFormat: yaml.importFormat }),
          },
  };
}
