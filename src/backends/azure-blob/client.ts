import type { TokenCredential } from "@azure/identity";
import type { ContainerClient } from "@azure/storage-blob";
import { Failure } from "../../model/failure.js";
import type { Secret } from "../../platform/secrets/secret.js";
import { USER_AGENT } from "../../platform/tool.js";
import { loadOptionalPackage } from "../../platform/optional-package.js";
import type { AzureBlobOptions } from "./options.js";

export type Secrets = Readonly<Partial<Record<"connectionString" | "accountKey" | "sasToken", Secret>>>;

const WHAT = "State in Azure Blob Storage";
/** What is tried again is ours to say: a write that is repeated unseen would meet itself. */
const OPTIONS = { retryOptions: { maxTries: 1 }, userAgentOptions: { userAgentPrefix: USER_AGENT } };

/** A client of the container; nothing is sent yet. */
export async function createContainerClient(
  options: AzureBlobOptions,
  secrets: Secrets,
): Promise<ContainerClient> {
  const sdk = await loadOptionalPackage("@azure/storage-blob", WHAT, () => import("@azure/storage-blob"));
  const { connectionString, accountKey, sasToken } = secrets;
  if (connectionString !== undefined) {
    const service = unreadable("connectionString", () =>
      sdk.BlobServiceClient.fromConnectionString(connectionString.reveal(), OPTIONS),
    );
    return service.getContainerClient(options.container);
  }
  const account = new URL(options.account ?? "");
  if (sasToken !== undefined) {
    const query = sasToken.reveal().replace(/^\?/, "");
    return new sdk.BlobServiceClient(`${base(account)}?${query}`, undefined, OPTIONS).getContainerClient(
      options.container,
    );
  }
  const credential =
    accountKey === undefined
      ? await defaultCredential()
      : unreadable(
          "accountKey",
          () => new sdk.StorageSharedKeyCredential(accountName(account), accountKey.reveal()),
        );
  return new sdk.BlobServiceClient(base(account), credential, OPTIONS).getContainerClient(options.container);
}

async function defaultCredential(): Promise<TokenCredential> {
  const what = `${WHAT} without a key`;
  const { DefaultAzureCredential } = await loadOptionalPackage(
    "@azure/identity",
    what,
    () => import("@azure/identity"),
  );
  return new DefaultAzureCredential();
}

/** `acme` of `https://acme.blob.core.windows.net`, and of `http://127.0.0.1:10000/acme`. */
function accountName({ hostname, pathname }: URL): string {
  const [first = ""] = pathname.split("/").filter((part) => part !== "");
  return first === "" ? (hostname.split(".")[0] ?? "") : first;
}

function base(account: URL): string {
  return account.href.replace(/\/$/, "");
}

/** The SDK quotes what it cannot read. */
function unreadable<T>(key: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new Failure("invalid", `The secret \`state.${key}\` is not what Azure Storage hands out.`, {
      hint: "Copy it again from the access keys of the storage account.",
    });
  }
}
