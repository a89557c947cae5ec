import { relative, sep } from "node:path";
import type { SecretRef } from "../../model/secret-ref.js";
import type { StoreConfig } from "../../model/store.js";

/** The same text for states that surely lie in the same place, also where folders know no upper and lower case. */
export function placeOf(store: StoreConfig): string {
  const { credentials, ...where } = store;
  const { url, connectionString } = credentials as Readonly<Record<string, SecretRef | undefined>>;
  return JSON.stringify([where, url, connectionString]).toLowerCase();
}

/** Where a state is, for people and without secrets; folders as they are called from the config's. */
export function placeInWords(store: StoreConfig, folder: string): string {
  switch (store.type) {
    case "local":
      return relative(folder, store.path).split(sep).join("/");
    case "azureBlob":
      return [store.account ?? "azureBlob", store.container, store.prefix].join("/");
    case "s3":
      return [store.endpoint ?? "s3:/", store.bucket, store.prefix].join("/");
    case "postgres":
      return `postgres, schema ${store.schema}, ${store.name}`;
  }
}
