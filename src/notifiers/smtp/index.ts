import { Failure } from "../../model/failure.js";
import type { Secrets } from "../../platform/secrets/secret.js";
import { secretOf, type NotifierPlugin, type OpenNotifier } from "../../plugin/notifier.js";
import { formatCodes, smtpFailure } from "./errors.js";
import { messageOf } from "./message.js";
import type { SmtpOptions } from "./options.js";

const TIMEOUT_MS = 10_000;

/** E-mail over SMTP, one connection a message. */
export const smtp = {
  open(options: SmtpOptions, secrets: Secrets): OpenNotifier {
    const { host, port, from, to } = options;
    const server = `${host}:${port}`;
    // By id of the notice: a second try is only for those whom the first did not reach.
    const reached = new Map<string, Set<string>>();
    return {
      send: async (notice, signal) => {
        const done = reached.get(notice.id) ?? new Set<string>();
        reached.set(notice.id, done);
        const left = to.filter((address) => !done.has(address));
        const { createTransport } = await import("nodemailer");
        const transport = createTransport(transportOf(options, secrets));
        const sent = await unlessAborted(transport.sendMail(messageOf(notice, from, left)), server, signal);
        const refused = sent.rejectedErrors ?? [];
        for (const address of left) if (!sent.rejected.includes(address)) done.add(address);
        const later = refused.find(({ responseCode }) => (responseCode ?? 500) < 500);
        if (later !== undefined) throw smtpFailure(later, server);
        const codes = formatCodes(Number.parseInt(sent.response, 10), sent.response);
        return `answered with ${codes}${refused.length === 0 ? "" : `, but refused ${refused.length} of ${to.length} addresses`}`;
      },
    };
  },
} satisfies NotifierPlugin;

function transportOf({ host, port, security, user }: SmtpOptions, secrets: Secrets) {
  return {
    host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    ...(user === undefined ? {} : { auth: { user, pass: secretOf(secrets, "password") } }),
    // NODE_TLS_REJECT_UNAUTHORIZED has no say here.
    tls: { rejectUnauthorized: true },
    dnsTimeout: TIMEOUT_MS,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  };
}

/** The library cannot be stopped; its timeouts end what is left of it. */
async function unlessAborted<Sent>(
  sending: Promise<Sent>,
  server: string,
  signal: AbortSignal,
): Promise<Sent> {
  const settled = new AbortController();
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Failure("interrupted", `The mail to ${server} was stopped.`));
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true, signal: settled.signal });
  });
  try {
    return await Promise.race([sending, stopped]);
  } catch (error) {
    throw error instanceof Failure ? error : smtpFailure(error, server);
  } finally {
    settled.abort();
  }
}
