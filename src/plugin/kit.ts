import { Failure } from "../model/failure.js";
import { Http, type HttpOptions } from "../platform/http/http.js";
import { postJson } from "../platform/http/post.js";
import { RateLimiter, type RateLimiterOptions } from "../platform/http/rate-limiter.js";
import { answeredAt, secondsUntilRetry } from "../platform/http/rate-reset.js";
import type { OpenContext } from "./destination.js";
import { AccountFull } from "./account-full.js";
import { noticeText } from "./notice-text.js";
import { exactPath, identifier, literal } from "./relation.js";
import { restrainedKeys } from "./restrained.js";

/** What Rollcall lends to every module, which so needs no package of it. */
export interface CommonKit {
  readonly Failure: typeof Failure;
}

/** Words of SQL. */
export interface SqlKit extends CommonKit {
  /** A text as an SQL literal. */
  readonly literal: typeof literal;
  /** A name as an SQL identifier. */
  readonly identifier: typeof identifier;
  /** A path as the engine's readers of files take it. */
  readonly exactPath: typeof exactPath;
}

/** What a destination is lent. */
export interface Kit extends SqlKit {
  /** Thrown where the account stores no more contacts: nobody else is added to it in this run, and whoever leaves still leaves. */
  readonly AccountFull: typeof AccountFull;
  /** The keys of all whom an opt-out means, given the address that is written there; throws when nobody can tell. */
  readonly restrainedKeys: typeof restrainedKeys;
  /** Requests to the connection's `baseUrl` with these headers: paced, reads tried again, writes sent once. */
  http(context: OpenContext, options: KitHttpOptions): Http;
}

/** What a source is lent. */
export interface SourceKit extends SqlKit {
  /** Requests to `baseUrl` with these headers: paced, and tried again. */
  http(options: KitHttpOptions): Http;
}

/** What a notifier is lent. */
export interface NotifierKit extends CommonKit {
  /** Sends JSON to an address once, and tells the status of the answer; throws the `Failure` that `send` has to. */
  readonly post: typeof postJson;
  /** The words of a notice, without the markup of any medium. */
  readonly noticeText: typeof noticeText;
}

export interface KitHttpOptions {
  /** Where requests go; of a connection, where it has no `baseUrl`. */
  readonly baseUrl: string;
  readonly headers: HttpOptions["headers"];
  /** By the names that requests have as their `bucket`. */
  readonly buckets: RateLimiterOptions["buckets"];
}

const sqlKit: SqlKit = { Failure, literal, identifier, exactPath };

export const kit: Kit = {
  ...sqlKit,
  AccountFull,
  restrainedKeys,
  http({ connection, spent, onWait, onLimiter, mayWriteUntil }, { baseUrl, headers, buckets }) {
    const limiter = new RateLimiter({ buckets, spent, onWait, connection: connection.name });
    onLimiter?.(limiter);
    const { requestTimeoutSeconds: seconds } = connection;
    return new Http({
      baseUrl: connection.baseUrl ?? baseUrl,
      headers,
      buckets: limiter,
      mayWriteUntil,
      ...(seconds === undefined ? {} : { timeoutMs: seconds * 1000 }),
      parseReset,
    });
  },
};

export const sourceKit: SourceKit = {
  ...sqlKit,
  http: ({ baseUrl, headers, buckets }) =>
    new Http({ baseUrl, headers, buckets: new RateLimiter({ buckets }), parseReset }),
};

export const notifierKit: NotifierKit = { Failure, post: postJson, noticeText };

const parseReset: HttpOptions["parseReset"] = (answer) => {
  const resetSeconds = secondsUntilRetry(answer["retry-after"], answeredAt(answer));
  return resetSeconds === undefined ? undefined : { resetSeconds };
};
