import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export type Customer = Readonly<Record<"email" | "name" | "country", string | null>>;

const PAGE = 1000;

/** The CRM that docs/own-sources-and-notifiers.md reads. */
export class Crm {
  customers: readonly Customer[] = [];
  /** What pages have; fewer than there are, where an answer is cut off without a word. */
  shown: number | undefined;
  /** It takes requests and says nothing. */
  silent = false;
  readonly #server;

  constructor(key: string) {
    this.#server = createServer((request, response) => {
      if (this.silent) return;
      const { pathname, searchParams } = new URL(request.url ?? "", "http://crm");
      const isMine = request.headers.authorization === `Bearer ${key}`;
      response.writeHead(isMine ? 200 : 401, { "content-type": "application/json" });
      if (!isMine) return response.end("{}");
      if (pathname === "/count") return response.end(JSON.stringify({ count: this.customers.length }));
      const from = Number(searchParams.get("after"));
      const all = this.customers.slice(0, this.shown);
      const next = from + PAGE < all.length ? `${from + PAGE}` : undefined;
      response.end(JSON.stringify({ customers: all.slice(from, from + PAGE), next }));
    });
  }

  /** On a free port. */
  async start(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((done) => this.#server.close(() => done()));
  }
}
