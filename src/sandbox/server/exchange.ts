/** One request with its answer, bodies parsed where they are JSON. */
export interface Exchange {
  readonly vendor: "brevo" | "sendgrid";
  readonly method: string;
  /** As the vendor's contract writes it: Brevo without `/v3`, SendGrid with it. Percent-encoded. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: unknown;
  /** True when an injected fault made the answer. */
  readonly faulty: boolean;
}
