/** Packages that a store of the state needs beside rollcall. */
export const STORE_LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  azureBlob: ["@azure/storage-blob", "@azure/identity"],
  s3: ["@aws-sdk/client-s3"],
  postgres: ["pg"],
};
