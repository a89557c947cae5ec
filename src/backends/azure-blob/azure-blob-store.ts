import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable, Transform } from "node:stream";
import type { BlockBlobClient, ContainerClient } from "@azure/storage-blob";
import { Failure } from "../../model/failure.js";
import type { BlobContent } from "../../plugin/state-backend.js";
import { parseEntry, parseTime, parseVersion } from "../answer-headers.js";
import { unknownOutcome } from "../failures.js";
import { explainFault } from "../http-fault.js";
import type { Condition, Got, ObjectStore, Page } from "../object-store.js";
import { limitRequest, limitAnswer } from "../time-limit.js";

/** What the SDK throws for an answer that is an error. */
interface Refusal {
  readonly code?: string;
  readonly statusCode?: number;
  readonly response?: { readonly headers: { get(name: string): string | undefined } };
}

/** A condition that did not hold, as the service calls it. */
const NOT_MET = new Set(["BlobAlreadyExists", "ConditionNotMet", "TargetConditionNotMet"]);

/** A container of Azure Blob Storage. */
export class AzureBlobObjects implements ObjectStore {
  readonly label: string;
  /** Dates of the service have whole seconds. */
  readonly clockStepMs = 1000;
  readonly keepsConditions = true;
  readonly #container: ContainerClient;

  constructor(container: ContainerClient, prefix: string) {
    this.#container = container;
    this.label = `Azure container ${container.accountName}/${container.containerName} (${prefix})`;
  }

  async get(key: string, signal: AbortSignal): Promise<Got> {
    const { limit, answered } = limitAnswer(signal);
    try {
      const answer = await this.#blob(key).download(0, undefined, {
        abortSignal: limit,
        maxRetryRequests: 0,
      });
      const { readableStreamBody: body, etag, date } = answer;
      if (body === undefined) throw new TypeError("only browsers get no stream");
      const version = parseVersion(etag, this.label);
      return { found: { body: Readable.from(body), version }, now: parseTime(date, this.label) };
    } catch (error) {
      const { statusCode, code, response } = error as Refusal;
      if (statusCode === 404 && code === "BlobNotFound")
        return { found: undefined, now: parseTime(response?.headers.get("date"), this.label) };
      throw this.#explained(error, false);
    } finally {
      answered();
    }
  }

  async put(
    key: string,
    content: BlobContent,
    condition: Condition,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const bytes = "bytes" in content ? content.bytes.length : (await stat(content.path)).size;
    const hash = createHash("md5");
    const body = addHash(content, hash, signal);
    try {
      const { etag, contentMD5 } = await this.#blob(key).upload(body, bytes, {
        abortSignal: limitRequest(signal, bytes),
        conditions: condition === "absent" ? { ifNoneMatch: "*" } : { ifMatch: `"${condition.version}"` },
        blobHTTPHeaders: { blobContentType: "application/octet-stream" },
      });
      if (contentMD5 !== undefined && !hash.digest().equals(Buffer.from(contentMD5))) {
        // What is made once would be found there by the next try, and taken for whole.
        if (condition === "absent") {
          const conditions = { ifMatch: `"${parseVersion(etag, this.label)}"` };
          await this.#blob(key).delete({ abortSignal: limitRequest(signal), conditions });
        }
        throw unknownOutcome(this.label, "arrived damaged");
      }
      return parseVersion(etag, this.label);
    } catch (error) {
      const { code, statusCode } = error as Refusal;
      if (NOT_MET.has(code ?? "")) return undefined;
      // What was to be replaced is gone.
      if (statusCode === 404 && code === "BlobNotFound") return undefined;
      throw this.#explained(error, true);
    }
  }

  async touch(key: string, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#blob(key).setMetadata({}, { abortSignal: limitRequest(signal) });
      return true;
    } catch (error) {
      if ((error as Refusal).code === "BlobNotFound" || (error as Refusal).statusCode === 404) return false;
      throw this.#explained(error, true);
    }
  }

  async list(prefix: string, page: string | undefined, signal: AbortSignal): Promise<Page> {
    try {
      const pages = this.#container
        .listBlobsFlat({ prefix, abortSignal: limitRequest(signal) })
        .byPage({ maxPageSize: 5000, ...(page === undefined ? {} : { continuationToken: page }) });
      for await (const { segment, continuationToken } of pages) {
        const entries = segment.blobItems.map(({ name, properties: { contentLength, lastModified } }) =>
          parseEntry({ name, bytes: contentLength, modifiedAt: lastModified }, this.label),
        );
        return { entries, next: continuationToken === "" ? undefined : continuationToken };
      }
      return { entries: [], next: undefined };
    } catch (error) {
      throw this.#explained(error, false);
    }
  }

  async delete(key: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#blob(key).delete({ abortSignal: limitRequest(signal), deleteSnapshots: "include" });
    } catch (error) {
      if ((error as Refusal).code !== "BlobNotFound") throw this.#explained(error, true);
    }
  }

  #blob(key: string): BlockBlobClient {
    return this.#container.getBlockBlobClient(key);
  }

  #explained(error: unknown, write: boolean): unknown {
    if (error instanceof Failure) return error;
    const { statusCode, code = "", name, response } = error as Refusal & Error;
    if (isSignIn(name)) return this.#notSignedIn();
    const header = (key: string): string | undefined => response?.headers.get(key);
    return explainFault(
      { error, status: statusCode, code, header, write },
      {
        label: this.label,
        grant:
          "Check the credential, and that it may read, write, list and delete blobs in the container (role Storage Blob Data Contributor).",
        usesProxies: true,
        create: `Make it with \`az storage container create --name ${this.#container.containerName} --account-name ${this.#container.accountName}\`.`,
      },
    );
  }

  #notSignedIn(): Failure {
    return new Failure("auth", `no way to sign in at ${this.label} worked`, {
      hint: "Without a key in `state`, Azure's default credential is used: set AZURE_CLIENT_ID, AZURE_TENANT_ID and a federated token (in CI, the login step does), or run `az login`.",
    });
  }
}

/** What `@azure/identity` throws; their text may quote tokens. */
function isSignIn(name: string): boolean {
  return /^(CredentialUnavailable|Authentication|AggregateAuthentication)(Required)?Error$/.test(name);
}

/** The body of an upload, which adds to `hash` what is sent. */
function addHash(content: BlobContent, hash: Hash, signal: AbortSignal): Buffer | (() => Readable) {
  if ("bytes" in content) {
    hash.update(content.bytes);
    return Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.length);
  }
  const { path } = content;
  return () => {
    const through = new Transform({
      transform: (chunk: Buffer, _, done) => {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    // An error of the file ends the upload.
    pipeline(createReadStream(path, { highWaterMark: 1 << 20, signal }), through, () => undefined);
    return through;
  };
}
