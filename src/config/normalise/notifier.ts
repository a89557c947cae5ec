import type { Notifier } from "../../model/notifier.js";
import type { Notifier as NotifierYaml } from "../config-file.gen.js";
import { secretOf } from "./secret.js";

const PORTS = { starttls: 587, tls: 465, none: 25 } as const;

/** `folder` is that of the file the notifier is in; files with secrets start there. */
export function notifierOf(name: string, yaml: NotifierYaml, folder: string): Notifier {
  const common = {
    name,
    on: yaml.on ?? (["failure", "refusal", "drift", "recovery"] as const),
    exports: yaml.exports,
  };
  switch (yaml.type) {
    case "slack":
      return { ...common, type: "slack", url: secretOf(yaml.url, folder) };
    case "webhook":
      return {
        ...common,
        type: "webhook",
        url: typeof yaml.url === "string" ? yaml.url : secretOf(yaml.url, folder),
        signingSecret: secretOf(yaml.signingSecret, folder),
      };
    case "smtp": {
      const { host, user, password, from, to, security = "starttls" } = yaml;
      return {
        ...common,
        type: "smtp",
        host,
        port: yaml.port ?? PORTS[security],
        security,
        user,
        password: password && secretOf(password, folder),
        from,
        to,
      };
    }
  }
}
