import { afterEach, expect } from "vitest";
import {
  type Exchange,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "../../../src/sandbox/index.js";
import { checkExchange } from "../../support/oracle.js";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests look into bodies of many shapes.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface Bench {
  readonly sandbox: Sandbox;
  readonly exchanges: Exchange[];
  brevo(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  sendgrid(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The text of a report or an export. */
  file(url: string): Promise<string>;
}

const running: Bench[] = [];

/**
 * A sandbox that carries everything out at once and has no rate limits unless
 * the test says otherwise. Every exchange is checked against the vendors'
 * contracts; requests that were refused may be wrong on purpose.
 */
export async function bench(options: SandboxOptions = {}): Promise<Bench> {
  const exchanges: Exchange[] = [];
  const sandbox = await startSandbox({
    delays: "none",
    limits: "none",
    onExchange: (exchange) => exchanges.push(exchange),
    ...options,
  });
  const call =
    (base: string, key: Record<string, string>) =>
    async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...key,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: isJson ? JSON.parse(text) : text,
      };
    };
  const made: Bench = {
    sandbox,
    exchanges,
    brevo: call(sandbox.brevoUrl, { "api-key": "sandbox-brevo-key" }),
    sendgrid: call(sandbox.sendgridUrl, { authorization: "Bearer SG.sandbox-key" }),
    file: async (url) => (await fetch(url)).text(),
  };
  running.push(made);
  return made;
}

afterEach(async () => {
  for (const { sandbox, exchanges } of running.splice(0)) {
    await sandbox.stop();
    for (const exchange of exchanges) {
      const violations = checkExchange(exchange).filter(
        (text) => exchange.status < 400 || text.startsWith("response"),
      );
      expect(violations, `${exchange.method} ${exchange.path} → ${exchange.status}`).toEqual([]);
    }
  }
});
