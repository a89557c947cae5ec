import type { SecretRef } from "./secret-ref.js";

/** A place that keeps state. What opens it is in `credentials`; without any, the service's own ways of signing in count. */
export type StoreConfig = LocalStore | AzureBlobStore | S3Store | PostgresStore;

export type StoreType = StoreConfig["type"];

export interface LocalStore {
  readonly type: "local";
  /** Absolute folder. */
  readonly path: string;
  readonly credentials: Credentials<never>;
}

export interface AzureBlobStore {
  readonly type: "azureBlob";
  /** Address of the storage account; undefined when the connection string says it. */
  readonly account: string | undefined;
  readonly container: string;
  readonly prefix: string;
  readonly credentials: Credentials<"connectionString" | "accountKey" | "sasToken">;
}

export interface S3Store {
  readonly type: "s3";
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string | undefined;
  /** Address of another service than Amazon's. */
  readonly endpoint: string | undefined;
  readonly forcePathStyle: boolean;
  readonly credentials: Credentials<"accessKeyId" | "secretAccessKey" | "sessionToken">;
}

export interface PostgresStore {
  readonly type: "postgres";
  readonly schema: string;
  /** Tells the states of one schema apart. */
  readonly name: string;
  readonly credentials: Credentials<"url">;
}

/** Secrets by the key that is in the config. */
export type Credentials<Key extends string> = { readonly [key in Key]?: SecretRef };
