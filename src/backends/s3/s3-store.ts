import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import type { Failure } from "../../model/failure.js";
import type { BlobContent } from "../../plugin/state-backend.js";
import { digestFile } from "../../platform/files/file-digest.js";
import { parseEntry, parseTime, parseVersion } from "../answer-headers.js";
import type { Condition, Got, ObjectStore, Page } from "../object-store.js";
import { limitRequest, limitAnswer } from "../time-limit.js";
import type { Sdk } from "./client.js";
import { explainS3, refusalOf } from "./errors.js";

/** A condition that did not hold, or met another write (AWS, 409). */
const NOT_MET = new Set(["PreconditionFailed", "ConditionalRequestConflict"]);

interface Place {
  readonly bucket: string;
  readonly prefix: string;
}

/** A bucket of S3 or of a service that speaks its language. */
export class S3Objects implements ObjectStore {
  readonly label: string;
  /** Dates of the service have whole seconds. */
  readonly clockStepMs = 1000;
  readonly keepsConditions = false;
  readonly #sdk: Sdk;
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(sdk: Sdk, client: S3Client, { bucket, prefix }: Place) {
    this.#sdk = sdk;
    this.#client = client;
    this.#bucket = bucket;
    this.label = `S3 bucket ${bucket} (${prefix})`;
  }

  async get(key: string, signal: AbortSignal): Promise<Got> {
    const command = new this.#sdk.GetObjectCommand({ Bucket: this.#bucket, Key: key });
    let date: string | undefined;
    command.middlewareStack.add(
      (next) => async (given) => {
        const result = await next(given);
        date = (result.response as { headers: Record<string, string> }).headers["date"];
        return result;
      },
      { step: "deserialize", priority: "low" },
    );
    const { limit, answered } = limitAnswer(signal);
    try {
      const { Body, ETag } = await this.#client.send(command, { abortSignal: limit });
      const version = parseVersion(ETag, this.label);
      return { found: { body: Body as Readable, version }, now: parseTime(date, this.label) };
    } catch (error) {
      const { code, header } = refusalOf(error);
      if (code === "NoSuchKey") return { found: undefined, now: parseTime(header("date"), this.label) };
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
    const { body, bytes, sha256 } = await bodyOf(content, signal);
    const command = new this.#sdk.PutObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      Body: body,
      ContentLength: bytes,
      ContentType: "application/octet-stream",
      // Ceph wants the ETag without its quotes; Amazon takes both.
      ...(condition === "absent" ? { IfNoneMatch: "*" } : { IfMatch: condition.version }),
    });
    if (sha256 !== undefined) this.#sign(command, sha256);
    try {
      const { ETag } = await this.#client.send(command, { abortSignal: limitRequest(signal, bytes) });
      return parseVersion(ETag, this.label);
    } catch (error) {
      const { code, status } = refusalOf(error);
      // What was to be replaced is gone, when there is no such key.
      if (NOT_MET.has(code) || status === 412 || code === "NoSuchKey") return undefined;
      throw this.#explained(error, true);
    }
  }

  async touch(key: string, signal: AbortSignal): Promise<boolean> {
    const command = new this.#sdk.CopyObjectCommand({
      Bucket: this.#bucket,
      Key: key,
      CopySource: `${this.#bucket}/${encodeURIComponent(key)}`,
      MetadataDirective: "REPLACE",
      ContentType: "application/octet-stream",
    });
    try {
      await this.#client.send(command, { abortSignal: limitRequest(signal) });
      return true;
    } catch (error) {
      if (refusalOf(error).code === "NoSuchKey") return false;
      throw this.#explained(error, true);
    }
  }

  async list(prefix: string, page: string | undefined, signal: AbortSignal): Promise<Page> {
    const command = new this.#sdk.ListObjectsV2Command({
      Bucket: this.#bucket,
      Prefix: prefix,
      ...(page === undefined ? {} : { ContinuationToken: page }),
    });
    try {
      const found = await this.#client.send(command, { abortSignal: limitRequest(signal) });
      const entries = (found.Contents ?? []).map(({ Key, Size, LastModified }) =>
        parseEntry({ name: Key, bytes: Size, modifiedAt: LastModified }, this.label),
      );
      return { entries, next: found.NextContinuationToken };
    } catch (error) {
      throw this.#explained(error, false);
    }
  }

  async delete(key: string, signal: AbortSignal): Promise<void> {
    const command = new this.#sdk.DeleteObjectCommand({ Bucket: this.#bucket, Key: key });
    try {
      await this.#client.send(command, { abortSignal: limitRequest(signal) });
    } catch (error) {
      if (refusalOf(error).code !== "NoSuchKey") throw this.#explained(error, true);
    }
  }

  /** The service refuses a body that does not have this digest. */
  #sign(command: InstanceType<Sdk["PutObjectCommand"]>, sha256: string): void {
    command.middlewareStack.add(
      (next) => (given) => {
        (given.request as { headers: Record<string, string> }).headers["x-amz-content-sha256"] = sha256;
        return next(given);
      },
      { step: "build" },
    );
  }

  #explained(error: unknown, write: boolean): Failure {
    return explainS3(error, write, this.label, this.#bucket);
  }
}

/** Bytes are digested by the SDK; a file is read twice, so that it need not be held. */
async function bodyOf(
  content: BlobContent,
  signal: AbortSignal,
): Promise<{ body: Uint8Array | Readable; bytes: number; sha256?: string }> {
  if ("bytes" in content) return { body: content.bytes, bytes: content.bytes.length };
  const { sha256, bytes } = await digestFile(content.path, signal);
  return {
    body: createReadStream(content.path, { highWaterMark: 1 << 18, signal }),
    bytes,
    sha256,
  };
}
