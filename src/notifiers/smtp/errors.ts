import { Failure } from "../../model/failure.js";

/** What a mail server's answer, or none, means. Its words are left out: they repeat addresses. */
export function smtpFailure(error: unknown, server: string): Failure {
  const { code, responseCode, response } = error as {
    readonly code?: string;
    readonly responseCode?: number;
    readonly response?: string;
  };
  const lost = "Check `host`, `port` and `security` of the notifier, and the network.";
  if (responseCode === undefined) {
    if (error instanceof Error && isCertificate(error))
      return new Failure("permanent", `The certificate of the mail server ${server} is not trusted.`, {
        hint: "If a certificate authority of your own has signed it, name that one in NODE_EXTRA_CA_CERTS.",
      });
    const trouble = code === "ETIMEDOUT" ? "took too long" : "could not be reached, or cut the connection";
    const as = code === undefined ? "" : ` (${code})`;
    return code === "EAUTH" || code === "ENOAUTH"
      ? new Failure("auth", `The mail server ${server} offers no way to sign in that we know.`, {
          hint: lost,
        })
      : new Failure("transient", `The mail server ${server} ${trouble}${as}.`, { hint: lost });
  }
  const message = `The mail server ${server} answered with ${formatCodes(responseCode, response)}.`;
  if (responseCode < 500) return new Failure("transient", message, { hint: "It may take it later." });
  if (code === "ETLS")
    return new Failure("permanent", `The mail server ${server} does not offer STARTTLS.`, { hint: lost });
  if (code === "EAUTH" || SIGN_IN.has(responseCode))
    return new Failure("auth", message, { hint: "Check the notifier's user and password." });
  return new Failure("permanent", message, {
    hint: "Check `from` and `to`, and whether this server may send for them.",
  });
}

/** Answers that mean: sign in, or sign in otherwise (RFC 4954). */
const SIGN_IN = new Set([530, 534, 535, 538]);

/** `550 5.1.1`. */
export function formatCodes(code: number, response: string | undefined): string {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response ?? "")?.[1];
  return enhanced === undefined ? String(code) : `${code} ${enhanced}`;
}

function isCertificate(error: Error): boolean {
  return /certificate|CERT|altname/i.test(`${(error as NodeJS.ErrnoException).code} ${error.message}`);
}
