import { STATE_PREFIX, placeWithin, type StoreManifest } from "../../model/manifests/store-manifest.js";
import type { S3Options } from "./options.js";

export const manifest: StoreManifest = {
  type: "s3",
  isDefault: false,
  isOnThisMachine: false,
  description:
    "State in a bucket of S3 or of a service that speaks its language and keeps conditional writes.",
  markdownDescription:
    "State in a bucket of S3, or of a service that speaks its language and keeps conditional writes. Needs the package `@aws-sdk/client-s3`. Without `accessKeyId` it signs in by the default chain of the AWS SDK (environment, web identity, profile, instance).",
  options: {
    required: ["bucket"],
    properties: {
      bucket: {
        type: "string",
        pattern: "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
        patternErrorMessage: "a bucket's name is 3 to 63 lower-case letters, digits, `.` and `-`",
        description: "Name of the bucket, which has to be there.",
        examples: ["acme-rollcall"],
      },
      prefix: { $ref: "#/$defs/statePrefix" },
      region: {
        type: "string",
        pattern: "^[a-z0-9-]+$",
        patternErrorMessage: "a region holds lower-case letters, digits and `-`",
        description: "Region of the bucket. Without it the AWS SDK's own settings count.",
        examples: ["eu-central-1"],
      },
      endpoint: {
        type: "string",
        minLength: 1,
        description: "Address of another service than Amazon's.",
        examples: ["https://s3.example.com"],
      },
      forcePathStyle: {
        type: "boolean",
        default: false,
        description: "Whether the bucket is in the path of addresses instead of the host.",
      },
      accessKeyId: { $ref: "#/$defs/secret", description: "Where the id of an access key is found." },
      secretAccessKey: { $ref: "#/$defs/secret", description: "Where the access key itself is found." },
      sessionToken: {
        $ref: "#/$defs/secret",
        description: "Where the session token of a temporary access key is found.",
      },
    },
    dependentRequired: {
      accessKeyId: ["secretAccessKey"],
      secretAccessKey: ["accessKeyId"],
      sessionToken: ["accessKeyId"],
    },
  },
  secretKeys: ["accessKeyId", "secretAccessKey", "sessionToken"],
  pathKeys: [],
  addresses: { endpoint: "https://s3.example.com" },
  placeKeys: ["bucket", "endpoint", "prefix"],
  placeSecrets: [],
  optionsOf: ({ bucket, prefix = STATE_PREFIX, region, endpoint, forcePathStyle = false }, environment) => ({
    bucket,
    prefix: placeWithin(prefix as string, environment),
    region,
    endpoint,
    forcePathStyle,
  }),
  signInFault: () => undefined,
  placeInWords: ({ endpoint, bucket, prefix }: S3Options) => [endpoint ?? "s3:/", bucket, prefix].join("/"),
  packages: ["@aws-sdk/client-s3"],
  signsInAsJob: true,
};
