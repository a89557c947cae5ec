import type * as S3 from "@aws-sdk/client-s3";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import type { Secret } from "../../platform/secrets/secret.js";
import { USER_AGENT } from "../../platform/tool.js";
import { loadOptionalPackage } from "../../platform/optional-package.js";
import type { S3Options } from "./options.js";

export type Sdk = typeof S3;
export type Secrets = Readonly<Partial<Record<"accessKeyId" | "secretAccessKey" | "sessionToken", Secret>>>;

/** A client of the service; nothing is sent yet. */
export async function createS3Client(
  options: S3Options,
  secrets: Secrets,
): Promise<{ sdk: Sdk; client: S3Client }> {
  const sdk = await loadOptionalPackage(
    "@aws-sdk/client-s3",
    "State in S3",
    () => import("@aws-sdk/client-s3"),
  );
  return { sdk, client: new sdk.S3Client(clientConfig(options, secrets)) };
}

function clientConfig({ region, endpoint, forcePathStyle }: S3Options, secrets: Secrets): S3ClientConfig {
  const { accessKeyId, secretAccessKey, sessionToken } = secrets;
  // Other services than Amazon's take any, but the signature wants one.
  const place = region ?? (endpoint === undefined ? undefined : "us-east-1");
  return {
    // It would write to the console.
    logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    // What is tried again is ours to say: a write that is repeated unseen would meet itself.
    maxAttempts: 1,
    customUserAgent: USER_AGENT,
    // Bodies are signed with their SHA-256; trailing checksums are unknown to many services.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    forcePathStyle,
    ...(place === undefined ? {} : { region: place }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : {
          credentials: {
            accessKeyId: accessKeyId.reveal(),
            secretAccessKey: secretAccessKey.reveal(),
            ...(sessionToken === undefined ? {} : { sessionToken: sessionToken.reveal() }),
          },
        }),
  };
}

function ignore(): void {
  // Errors say everything.
}
