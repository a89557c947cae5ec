import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";

export interface SmtpOptions {
  /** Undefined: nobody has to sign in. */
  readonly user?: string;
  readonly password?: string;
  /** Undefined: neither STARTTLS nor TLS is offered. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** TLS from the first byte. */
  readonly secure?: boolean;
}

export interface ReceivedMail {
  readonly raw: string;
  readonly mail: Promise<ParsedMail>;
  readonly to: readonly string[];
  readonly encrypted: boolean;
}

/** A real SMTP server on this machine. */
export class SmtpReceiver {
  readonly taken: ReceivedMail[] = [];
  /** Codes that the next recipients are refused with; 0: that one is taken. */
  readonly nextRecipients: number[] = [];
  /** Codes that the next messages are refused with after their text. */
  readonly nextMessages: number[] = [];
  /** Says nothing at all from now on. */
  silent = false;
  readonly #server: SMTPServer;

  constructor({ user, password, tls, secure = false }: SmtpOptions) {
    this.#server = new SMTPServer({
      ...tls,
      secure,
      authOptional: user === undefined,
      allowInsecureAuth: true,
      disabledCommands: [
        ...(tls === undefined || secure ? ["STARTTLS"] : []),
        ...(user === undefined ? ["AUTH"] : []),
      ],
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (_session, callback) => {
        if (!this.silent) callback();
      },
      onAuth: (auth, _session, callback) =>
        auth.username === user && auth.password === password
          ? callback(null, { user })
          : callback(refusal(535, "5.7.8 canary-words")),
      onRcptTo: (_address, _session, callback) => {
        const code = this.nextRecipients.shift() ?? 0;
        callback(code === 0 ? null : refusal(code, `${String(code)[0]}.7.1 canary-words`));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const code = this.nextMessages.shift() ?? 0;
          if (code !== 0) return callback(refusal(code, `${String(code)[0]}.3.0 canary-words`));
          const raw = Buffer.concat(chunks).toString("utf8");
          const to = session.envelope.rcptTo.map(({ address }) => address);
          // What a real server does with a message is not waited for either.
          this.taken.push({ raw, mail: simpleParser(raw), to, encrypted: session.secure });
          callback();
        });
      },
    });
    // A client that goes away is not a fault of the test.
    this.#server.on("error", () => undefined);
  }

  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", () => done()));
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
