import type { CONTRACT_VERSION, DestinationManifest } from "../model/manifests/destination-manifest.js";
import { Failure } from "../model/failure.js";
import { Http, type HttpOptions } from "../platform/http/http.js";
import { RateLimiter } from "../platform/http/rate-limiter.js";
import { secondsUntilRetry, answeredAt } from "../platform/http/rate-reset.js";
import type { DestinationPlugin, OpenContext } from "./destination.js";
import { exactPath, identifier, literal } from "./relation.js";

type Optional = "fieldNames" | "hasSmsNumbers" | "listNameFault";

/** The manifest that a module of a project exports as `manifest`. */
export interface OwnManifest
  extends
    Omit<DestinationManifest, Optional | "aliases" | "starter" | "options" | "optionsOf" | "definingOptions">,
    Partial<Pick<DestinationManifest, Optional>> {
  readonly contract: typeof CONTRACT_VERSION;
  readonly kind: "destination";
  readonly options?: Partial<DestinationManifest["options"]>;
}

/** What a module of a project exports. */
export interface OwnDestinationModule {
  readonly manifest: OwnManifest;
  /** Called once a connection of its type is opened. */
  load(kit: Kit): DestinationPlugin | Promise<DestinationPlugin>;
}

/** What Rollcall lends to a module, which so needs no package of it. */
export interface Kit {
  readonly Failure: typeof Failure;
  /** A text as an SQL literal. */
  readonly literal: typeof literal;
  /** A name as an SQL identifier. */
  readonly identifier: typeof identifier;
  /** A path as the engine's readers of files take it. */
  readonly exactPath: typeof exactPath;
  /** Requests to the connection's `baseUrl` with these headers: paced, reads tried again, writes sent once. */
  http(context: OpenContext, options: KitHttpOptions): Http;
}

export interface KitHttpOptions {
  /** Where the connection has no `baseUrl`. */
  readonly baseUrl: string;
  readonly headers: HttpOptions["headers"];
  /** By the names that requests have as their `bucket`. */
  readonly buckets: ConstructorParameters<typeof RateLimiter>[0]["buckets"];
}

export const kit: Kit = {
  Failure,
  literal,
  identifier,
  exactPath,
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
      parseReset: (answer) => {
        const resetSeconds = secondsUntilRetry(answer["retry-after"], answeredAt(answer));
        return resetSeconds === undefined ? undefined : { resetSeconds };
      },
    });
  },
};
