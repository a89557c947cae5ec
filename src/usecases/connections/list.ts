import type { ConfigChoice } from "../../config/choice.js";
import { loadConfig } from "../../config/load.js";
import type { Config } from "../../model/config/config.js";
import type { ConnectionSummary, ConsentReport } from "../../model/connections/connection-summary.js";
import type { Connection } from "../../model/config/connection.js";
import type { Diagnostic } from "../../model/diagnostic.js";
import { Failure } from "../../model/failure.js";
import { actorOf, mayUse } from "../../policy/access.js";
import { AGREEMENT_TEXT } from "../../policy/agreement-text.js";
import { agreementState } from "../../policy/agreement.js";
import type { StateRoot } from "../../state/root/root.js";
import { loadBaseOfUntrusted, type MaybeUntrusted } from "../../run/base/base-config.js";
import { openExistingState } from "../../run/project-state.js";
import { noSuchConnection } from "../../run/no-such-connection.js";
import { ownValue } from "../../model/own-value.js";

export interface ConnectionsListOptions extends ConfigChoice, MaybeUntrusted {
  /** Who asks; of connections that they may not use they see name and type. */
  readonly identity: string | undefined;
  readonly signal: AbortSignal;
}

/** The connections by name, with what depends on each. Reads config and state, asks no destination. */
export async function listConnections(
  options: ConnectionsListOptions,
): Promise<{ connections: readonly ConnectionSummary[]; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig({ ...options, base: await loadBaseOfUntrusted(options) });
  if (config === undefined) return { connections: [], diagnostics };
  const { root } = await openExistingState(config, options.signal);
  const connections = [...config.connections.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((connection) => summaryOf(config, root, connection, options.identity));
  return { connections, diagnostics };
}

function summaryOf(
  config: Config,
  root: StateRoot,
  connection: Connection,
  identity: string | undefined,
): ConnectionSummary {
  const { name, type, displayName, usableBy } = connection;
  if (!isUsable(config, connection, identity)) return { name, type };
  const exports = [...config.exports.values()].filter((item) => item.connection === name);
  const consent = agreementState(connection, ownValue(root.consents, name));
  return {
    name,
    type,
    details: { displayName, usableBy, consent, exports: exports.map((item) => item.name).sort() },
  };
}

/** The agreement of one connection, also of one that is gone from the config and still in the record. */
export async function readAgreement(
  name: string,
  options: ConnectionsListOptions,
): Promise<{ consent: ConsentReport | undefined; diagnostics: readonly Diagnostic[] }> {
  const { config, diagnostics } = await loadConfig({ ...options, base: await loadBaseOfUntrusted(options) });
  if (config === undefined) return { consent: undefined, diagnostics };
  const { consents = {} } = (await openExistingState(config, options.signal)).root;
  const connection = config.connections.get(name);
  const recorded = ownValue(consents, name) ?? [];
  if (connection === undefined && recorded.length === 0) throw noSuchConnection(name, config);
  if (!isUsable(config, connection, options.identity))
    throw new Failure(
      "refused",
      `Connection "${name}" is not for you; its name and type are all there is to see.`,
    );
  const configured = connection?.dataPrivacy;
  const version = configured?.text ?? recorded.at(-1)?.text ?? AGREEMENT_TEXT.version;
  return {
    consent: {
      connection: name,
      state: connection === undefined ? "withdrawn" : agreementState(connection, recorded),
      configured,
      text: version === AGREEMENT_TEXT.version ? AGREEMENT_TEXT : undefined,
      recorded,
    },
    diagnostics,
  };
}

/** A connection that is gone is for admins. */
function isUsable(
  { roles }: Config,
  connection: Connection | undefined,
  identity: string | undefined,
): boolean {
  return mayUse(connection ?? { usableBy: "admins" }, actorOf(identity, roles).roles, roles);
}
