/** How often an endpoint was called. */
export interface EndpointStats {
  readonly vendor: "brevo" | "sendgrid";
  /** `PUT /v3/marketing/contacts`, with the pattern of the path. */
  readonly endpoint: string;
  requests: number;
  /** Answers with 429. */
  limited: number;
  /** Answers with another status of 400 or more. */
  failed: number;
  /** Bytes of request bodies. */
  bytes: number;
}

export interface Stats {
  readonly requests: number;
  readonly limited: number;
  readonly bytes: number;
  readonly endpoints: readonly EndpointStats[];
}

export class StatsCounter {
  readonly #endpoints = new Map<string, EndpointStats>();

  count(vendor: "brevo" | "sendgrid", endpoint: string, status: number, bytes: number): void {
    const key = `${vendor} ${endpoint}`;
    const entry = this.#endpoints.get(key) ?? {
      vendor,
      endpoint,
      requests: 0,
      limited: 0,
      failed: 0,
      bytes: 0,
    };
    this.#endpoints.set(key, entry);
    entry.requests++;
    entry.bytes += bytes;
    if (status === 429) entry.limited++;
    else if (status >= 400) entry.failed++;
  }

  read(): Stats {
    const endpoints = [...this.#endpoints.values()].map((entry) => ({ ...entry }));
    const sum = (of: (entry: EndpointStats) => number): number =>
      endpoints.reduce((total, entry) => total + of(entry), 0);
    return {
      requests: sum((entry) => entry.requests),
      limited: sum((entry) => entry.limited),
      bytes: sum((entry) => entry.bytes),
      endpoints,
    };
  }
}
