import type { Connection } from "../../model/config/connection.js";
import { Failure } from "../../model/failure.js";
import { Http } from "../../platform/http/http.js";
import type { OpenContext } from "../../plugin/destination.js";
import { openServiceClient } from "../../plugin/service-client.js";
import { unsubscribeGroups } from "./unsubscribe-groups.js";
import { bucketsOf, isUnlimited, parseReset } from "./limits.js";

const BASE_URL = "https://api.sendgrid.com";
/** For regional subusers: it has suppressions; marketing is documented for the global host only. Source: SendGrid's OpenAPI servers. */
const EU_HOST = "api.eu.sendgrid.com";
/** A body of 6 MB over a slow line: a write that times out has an unknown outcome. */
const REQUEST_SECONDS = 120;
/** Every recorded write was visible after about 30 seconds; searches may take longer on a busy day. */
const SHOWS_MS = 180_000;
const STAND_IN_SHOWS_MS = 3000;

/** What everything that talks to one account shares. */
export interface SendgridClient {
  readonly http: Http;
  /** User name of the subuser on whose behalf `http` asks. */
  readonly subuser: string | undefined;
  /** The account that the key belongs to, where that is not the subuser's. */
  readonly parent: Http | undefined;
  /** The account's user id, as the configuration has it. */
  readonly accountId: string | undefined;
  /** A path in the run's scratch folder that was not used before. */
  scratchFile(name: string): string;
  /** See `Destination`. */
  readonly requestMs: number;
  /** See `Destination`. */
  readonly showsMs: number;
  /** Milliseconds before the state of a job is asked for the next time. */
  pollDelay(asked: number): number;
  /** Seconds until a field that was just created can be used. Source: Jericho/StrongGrid's integration tests wait 5. */
  readonly newFieldSeconds: number;
  /** Unsubscribe groups whose members count as opted out. */
  readonly unsubscribeGroups: readonly string[];
}

export function openClient(context: OpenContext): SendgridClient {
  const { connection, mayWriteUntil } = context;
  const unlimited = isUnlimited(connection);
  const { apiKey, buckets, timeoutMs, requestMs, scratchFile } = openServiceClient(context, {
    buckets: bucketsOf(connection),
    requestSeconds: REQUEST_SECONDS,
  });
  const { subuser, accountId } = connection.options as Partial<Record<"subuser" | "accountId", string>>;
  const ask = (onBehalfOf: Record<string, string>): Http =>
    new Http({
      baseUrl: baseUrlOf(connection),
      headers: () => ({ authorization: `Bearer ${apiKey.reveal()}`, ...onBehalfOf }),
      buckets,
      parseReset,
      mayWriteUntil,
      timeoutMs,
      ...(unlimited ? { backoffMs: 50 } : {}),
    });
  return {
    http: ask(subuser === undefined ? {} : { "on-behalf-of": subuser }),
    subuser,
    parent: subuser === undefined ? undefined : ask({}),
    accountId,
    requestMs,
    showsMs: unlimited ? STAND_IN_SHOWS_MS : SHOWS_MS,
    scratchFile,
    pollDelay: (asked) =>
      unlimited ? Math.min(500, 10 * 1.5 ** asked) : Math.min(15_000, 1000 * 1.5 ** asked),
    newFieldSeconds: unlimited ? 0.5 : 5,
    unsubscribeGroups: unsubscribeGroups(connection),
  };
}

function baseUrlOf({ name, baseUrl = BASE_URL }: Connection): string {
  if (!URL.canParse(baseUrl) || new URL(baseUrl).hostname !== EU_HOST) return baseUrl;
  throw new Failure("invalid", `The connection ${name} leads to SendGrid's EU host, ${EU_HOST}.`, {
    hint: "SendGrid documents marketing lists and contacts for api.sendgrid.com only. Leave `baseUrl` out, with an account that is kept there.",
  });
}
