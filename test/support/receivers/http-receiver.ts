import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HttpMessage {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a receiver says to a message; undefined: it never answers. */
export type Answer = { readonly status: number; readonly body?: string } | undefined;

/** A real HTTP server on this machine that judges messages as its kind of receiver does. */
export class HttpReceiver {
  /** Those that were taken. */
  readonly taken: HttpMessage[] = [];
  /** Every one that arrived. */
  readonly arrived: HttpMessage[] = [];
  /** Answers given before any judgement, in order. */
  readonly next: Answer[] = [];
  readonly #judge: (message: HttpMessage) => Exclude<Answer, undefined>;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      this.#receive({ path: request.url ?? "", headers: request.headers, body }, response);
    });
  });

  constructor(judge: (message: HttpMessage) => Exclude<Answer, undefined>) {
    this.#judge = judge;
  }

  /** On the port that it had, or on a free one. */
  async start(port = 0): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(port, "127.0.0.1", done));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }

  #receive(message: HttpMessage, response: ServerResponse): void {
    this.arrived.push(message);
    const scripted = this.next.length > 0;
    const answer = scripted ? this.next.shift() : this.#judge(message);
    if (answer === undefined) return;
    if (answer.status < 300) this.taken.push(message);
    response.writeHead(answer.status, { "content-type": "text/plain" });
    response.end(answer.body ?? "");
  }
}
