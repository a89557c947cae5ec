/** What a handler answers. Strings are sent as they are, so that large JSON is written once. */
export interface Reply {
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const JSON_TYPE = "application/json";

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return { status, type: JSON_TYPE, body: JSON.stringify(value), headers };
}

/** For JSON that is already text. */
export function jsonText(status: number, text: string): Reply {
  return { status, type: JSON_TYPE, body: text, headers: {} };
}

export function empty(status: number): Reply {
  return { status, type: undefined, body: undefined, headers: {} };
}

export function html(status: number, body: string): Reply {
  return { status, type: "text/html; charset=utf-8", body, headers: {} };
}

export function text(status: number, body: string): Reply {
  return { status, type: "text/plain; charset=utf-8", body, headers: {} };
}
