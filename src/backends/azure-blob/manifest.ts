import {
  STATE_PREFIX,
  placeWithin,
  type StoreManifest,
  type SignInFault,
  type StoreOptions,
} from "../../model/manifests/store-manifest.js";
import type { AzureBlobOptions } from "./options.js";

export const manifest: StoreManifest = {
  type: "azureBlob",
  isDefault: false,
  isOnThisMachine: false,
  description: "State in a container of Azure Blob Storage.",
  markdownDescription:
    "State in a container of Azure Blob Storage. Needs the package `@azure/storage-blob`. Without `connectionString`, `accountKey` and `sasToken` it signs in as `DefaultAzureCredential` does (environment, workload identity, managed identity, `az login`), which needs `@azure/identity`.",
  options: {
    required: ["container"],
    properties: {
      account: {
        type: "string",
        minLength: 1,
        description: "Address of the storage account. Needed unless there is a `connectionString`.",
        examples: ["https://acmestate.blob.core.windows.net"],
      },
      container: {
        type: "string",
        pattern: "^[a-z0-9](-?[a-z0-9]){2,62}$",
        patternErrorMessage: "a container's name is 3 to 63 lower-case letters, digits and single `-`",
        description: "Name of the container, which has to be there.",
        examples: ["rollcall"],
      },
      prefix: { $ref: "#/$defs/statePrefix" },
      connectionString: {
        $ref: "#/$defs/secret",
        description: "Where the connection string of the storage account is found.",
      },
      accountKey: {
        $ref: "#/$defs/secret",
        description: "Where an access key of the storage account is found.",
      },
      sasToken: {
        $ref: "#/$defs/secret",
        description:
          "Where a shared access signature for the container is found, with the permissions read, create, write, delete and list.",
      },
    },
  },
  secretKeys: ["connectionString", "accountKey", "sasToken"],
  pathKeys: [],
  addresses: { account: "https://acmestate.blob.core.windows.net" },
  placeKeys: ["account", "container", "prefix"],
  placeSecrets: ["connectionString"],
  optionsOf: ({ account, container, prefix = STATE_PREFIX }, environment) => ({
    account,
    container,
    prefix: placeWithin(prefix as string, environment),
  }),
  signInFault,
  placeInWords: ({ account, container, prefix }: AzureBlobOptions) =>
    [account ?? "azureBlob", container, prefix].join("/"),
  packages: ["@azure/storage-blob", "@azure/identity"],
  signsInAsJob: true,
};

function signInFault({ account }: StoreOptions, [first, second]: readonly string[]): SignInFault | undefined {
  if (first !== undefined && second !== undefined)
    return {
      code: "too-many-keys",
      key: second,
      message: `\`${first}\` and \`${second}\` exclude each other.`,
      hint: "Keep one of them.",
    };
  if (account !== undefined || first === "connectionString") return undefined;
  return {
    code: "missing-key",
    key: undefined,
    message: "`account` is missing in `state`.",
    hint: "Write the address of the storage account, such as https://acmestate.blob.core.windows.net.",
  };
}
