import type { S3Store } from "../../model/store.js";
import type { StateBackend } from "../../plugin/state-backend.js";
import { ObjectBackend } from "../object-backend.js";
import { s3Client, type Secrets } from "./client.js";
import { S3Objects } from "./s3-store.js";

/** State in a bucket of S3 or of a service that speaks its language. */
export async function s3(store: S3Store, secrets: Secrets): Promise<StateBackend> {
  const { sdk, client } = await s3Client(store, secrets);
  return new ObjectBackend(new S3Objects(sdk, client, store), store.prefix);
}
