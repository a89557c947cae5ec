import { Failure } from "../../model/failure.js";
import { ownValue } from "../../model/own-value.js";
import { secretInWords } from "../../platform/secrets/resolve-secret.js";
import type { CommandSource } from "./command-source.js";

/** What programs need to start, to find their settings and to reach a network; keys of destinations are not among them. */
const EVERYWHERE =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TZ|LANG|LANGUAGE|LC_[A-Z]+|XDG_[A-Z_]+|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE|(HTTPS?|NO|ALL)_PROXY|https?_proxy|no_proxy|all_proxy)$/;

/** The variables that the programs of a source see. */
export function environmentOf({ name, passEnv }: CommandSource): Record<string, string> {
  const seen: Record<string, string> = {};
  for (const [variable, value] of Object.entries(process.env))
    if (value !== undefined && EVERYWHERE.test(variable)) seen[variable] = value;
  for (const variable of passEnv) {
    const value = ownValue(process.env, variable);
    if (value === undefined)
      throw new Failure(
        "invalid",
        `${secretInWords({ env: variable }, `sources.${name}.passEnv`)} is not set.`,
        { hint: "Its program is to see it: set it, or take it from `passEnv`." },
      );
    seen[variable] = value;
  }
  return seen;
}
