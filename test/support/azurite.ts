import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  BlobServiceClient,
  ContainerSASPermissions,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential,
} from "@azure/storage-blob";
import { ended, ready } from "./started.js";

const main = fileURLToPath(new URL("../../node_modules/azurite/dist/src/blob/main.js", import.meta.url));

/** Azure Blob Storage as Microsoft emulates it, in memory, with one container `rollcall`. */
export interface Azurite {
  readonly port: number;
  readonly name: string;
  readonly key: string;
  /** The account's address at this or another port of this machine. */
  account(port?: number): string;
  connectionString(port?: number): string;
  /** A shared access signature for the container, with these permissions. */
  sas(permissions: string): string;
  stop(): Promise<void>;
}

export async function startAzurite(): Promise<Azurite> {
  const folder = await mkdtemp(join(tmpdir(), "rollcall-azurite-"));
  const name = "rollcalltest";
  const key = Buffer.from("canary-azure-account-key-4711").toString("base64");
  const words = ["--blobPort", "0", "--inMemoryPersistence", "--skipApiVersionCheck"];
  const child = spawn(process.execPath, [main, ...words, "--disableTelemetry"], {
    cwd: folder,
    env: { ...process.env, AZURITE_ACCOUNTS: `${name}:${key}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const port = Number((await ready(child, /listens on http:\/\/127\.0\.0\.1:(\d+)/))[1]);
  const account = (at = port): string => `http://127.0.0.1:${at}/${name}`;
  const service = new BlobServiceClient(account(), new StorageSharedKeyCredential(name, key));
  await service.createContainer("rollcall");
  return {
    port,
    name,
    key,
    account,
    connectionString: (at = port) =>
      `DefaultEndpointsProtocol=http;AccountName=${name};AccountKey=${key};BlobEndpoint=${account(at)};`,
    sas: (permissions) =>
      generateBlobSASQueryParameters(
        {
          containerName: "rollcall",
          permissions: ContainerSASPermissions.parse(permissions),
          expiresOn: new Date(Date.now() + 3_600_000),
        },
        new StorageSharedKeyCredential(name, key),
      ).toString(),
    stop: async () => {
      await ended(child, "SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}
