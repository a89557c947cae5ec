import type { StateBackend, StateBackendPlugin } from "../../plugin/state-backend.js";
import { ObjectBackend } from "../object-backend.js";
import { createS3Client, type Secrets } from "./client.js";
import type { S3Options } from "./options.js";
import { S3Objects } from "./s3-store.js";

/** State in a bucket of S3 or of a service that speaks its language. */
export const s3 = {
  async open(options: S3Options, secrets: Secrets): Promise<StateBackend> {
    const { sdk, client } = await createS3Client(options, secrets);
    return new ObjectBackend(new S3Objects(sdk, client, options), options.prefix);
  },
} satisfies StateBackendPlugin;
