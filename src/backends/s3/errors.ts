import { Failure } from "../../model/failure.js";
import { explainFault } from "../http-fault.js";

/** Answered with 400, which says nothing of what they are. */
const EXPIRED = new Set(["ExpiredToken", "InvalidToken", "TokenRefreshRequired"]);
/** Answered with 400 or 409 before anything is carried out: the network was slow, or another write was under way. */
const PASSING = new Set(["RequestTimeout", "IncompleteBody", "OperationAborted"]);

/** What the SDK throws for an answer that is an error. */
interface Refusal {
  readonly name: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** The parts of an SDK error that tell what happened; `status` is undefined when there was no answer. */
export function refusalOf(error: unknown): {
  readonly code: string;
  readonly status: number | undefined;
  readonly header: (name: string) => string | undefined;
} {
  const { name, $metadata, $response } = error as Refusal;
  return {
    code: name,
    status: $metadata?.httpStatusCode,
    header: (key) => $response?.headers?.[key],
  };
}

/** An error of the SDK in our words. */
export function explainS3(error: unknown, write: boolean, label: string, bucket: string): Failure {
  if (error instanceof Failure) return error;
  const { code, status, header } = refusalOf(error);
  if (code === "CredentialsProviderError" || code === "TokenProviderError")
    return new Failure("auth", `no way to sign in at ${label} worked`, {
      hint: "Without a key in `state`, the default chain of the AWS SDK is used: set AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE (in CI, the login step does), AWS_PROFILE, or give `accessKeyId` and `secretAccessKey`.",
    });
  if (error instanceof Error && error.message === "Region is missing")
    return new Failure("invalid", `${label} needs to know its region`, {
      hint: "Write `region` in `state`, or set AWS_REGION.",
    });
  // The SDK has seen the service's time in the answer and signs with it from now on.
  if (code === "RequestTimeTooSkewed")
    return new Failure("transient", `the clock of this machine is far from that of ${label}`, {
      hint: "Requests are signed with the time. Set the clock right.",
    });
  if (status === 301 || status === 307 || code === "AuthorizationHeaderMalformed")
    return new Failure("invalid", `${label} lies in another region`, {
      hint: "Write the bucket's `region` in `state`.",
    });
  if (EXPIRED.has(code))
    return new Failure("auth", `the session token for ${label} is not valid any more (${code})`, {
      hint: "Sign in again, or give a new `sessionToken`. A token has to last as long as a run.",
    });
  if (PASSING.has(code))
    return new Failure("transient", `${label} did not take a request (${status}, ${code})`, {
      hint: "Run the command again.",
    });
  return explainFault(
    { error, status, code, header, write },
    {
      label,
      grant:
        "Check the key, and that it may s3:ListBucket on the bucket and s3:GetObject, s3:PutObject and s3:DeleteObject on what starts with the prefix.",
      create: `Make it: aws s3api create-bucket --bucket ${bucket}.`,
    },
  );
}
