import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, test } from "vitest";
import { s3 } from "../../src/backends/s3/index.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { finishesElsewhere, type SharedState } from "../faults/vanished.js";
import { isHttpWrite } from "../support/cutting-proxy.js";
import { noRadosgw, startRadosgw, type Radosgw } from "../support/radosgw.js";
import { describeRemoteFaults, type FaultyServer } from "./remote-faults.js";
import { remoteHarness } from "./remote-harness.js";
import { keepsHouse } from "./state/house-keeping.js";
import { describeStateBackend } from "./state-backend.js";

const BUCKET = `rollcall-${process.pid}`;
const missing = noRadosgw();
let ceph: Radosgw;

const WRONG = "canary-another-s3-key";
const opened = (bucket: string, prefix: string, port: number, key: string): ReturnType<typeof s3.open> =>
  s3.open(
    {
      bucket,
      prefix,
      region: undefined,
      endpoint: `http://127.0.0.1:${port}`,
      forcePathStyle: true,
    },
    { accessKeyId: new Secret(ceph.key), secretAccessKey: new Secret(key) },
  );

const server = (): FaultyServer => ({
  port: ceph.port,
  isWrite: isHttpWrite,
  clockMs: 1000,
  open: (prefix, port) => opened(BUCKET, prefix, port, ceph.key),
  openWithWrongSecret: (prefix) => opened(BUCKET, prefix, ceph.port, WRONG),
  openMissing: (prefix) => opened("nowhere", prefix, ceph.port, ceph.key),
  secrets: [WRONG, ceph.key],
  howToMake: "aws s3api create-bucket --bucket nowhere",
});

const finish = (prefix: string): SharedState => ({
  state: {
    type: "s3",
    bucket: BUCKET,
    prefix,
    endpoint: `http://127.0.0.1:${ceph.port}`,
    forcePathStyle: true,
    accessKeyId: { env: "ROLLCALL_TEST_STATE_ID" },
    secretAccessKey: { env: "ROLLCALL_TEST_STATE_KEY" },
  },
  env: { ROLLCALL_TEST_STATE_ID: ceph.key, ROLLCALL_TEST_STATE_KEY: ceph.key },
});

if (missing !== undefined) test.skip(`state backend: S3 (${missing})`, () => undefined);
else
  describe("with a server", () => {
    beforeAll(async () => {
      ceph = await startRadosgw();
      const client = new S3Client({
        region: "us-east-1",
        endpoint: `http://127.0.0.1:${ceph.port}`,
        forcePathStyle: true,
        credentials: { accessKeyId: ceph.key, secretAccessKey: ceph.key },
      });
      await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    });
    afterAll(() => ceph.stop());
    finishesElsewhere("S3", finish);
    keepsHouse("S3", finish);
    describeRemoteFaults("S3 (Ceph)", server);
    describeStateBackend("S3 (Ceph)", remoteHarness(server), { concurrent: true });
  });
