import { expect, test } from "vitest";
import { explainS3 } from "../../../src/backends/s3/errors.js";

test.each([
  ["ExpiredToken", 400, "auth"],
  ["InvalidToken", 400, "auth"],
  ["TokenRefreshRequired", 400, "auth"],
  ["RequestTimeout", 400, "transient"],
  ["IncompleteBody", 400, "transient"],
  ["OperationAborted", 409, "transient"],
  ["InvalidRequest", 400, "permanent"],
] as const)("%s is answered with %i and means: %s", (name, httpStatusCode, kind) => {
  const refused = { name, message: "canary", $metadata: { httpStatusCode }, $response: { headers: {} } };
  const failure = explainS3(refused, true, "S3 bucket state (p)", "state");
  expect(failure.kind).toBe(kind);
  expect(`${failure.message} ${failure.hint}`).not.toContain("canary");
});
