/** What a lock is on: an account, and the connections of the config that lead to it. */
export interface LockSubject {
  /** `<type>:<the vendor's own id>`. */
  readonly account: string;
  /** A name that people recognise. */
  readonly label: string;
  readonly connections: readonly string[];
}

/** Who works on an account, or did until it stopped. */
export interface Lock {
  /** Never used twice. */
  readonly id: string;
  readonly subject: LockSubject;
  /** What its holder does, as its command is called. */
  readonly operation: string;
  /** In which environment of the config, where that has several. */
  readonly environment?: string | undefined;
  /** user@host. */
  readonly who: string;
  readonly pid: number;
  readonly acquiredAt: string;
  readonly expiresAt: string;
  /** `live`: nobody else gets it. `expired`: no sign of life for too long. `dead`: the process is known to have ended. */
  readonly state: "live" | "expired" | "dead";
}

/** `account brevo:4711 "Acme" (connection newsletter)`. */
export function subjectInWords({ account, label, connections }: LockSubject): string {
  const named = account === label || account.endsWith(`:${label}`) ? account : `${account} "${label}"`;
  const noun = connections.length === 1 ? "connection" : "connections";
  return `account ${named}${connections.length === 0 ? "" : ` (${noun} ${connections.join(", ")})`}`;
}

/** `apply in staging`: what a holder does, and where. */
export function operationInWords({
  operation,
  environment,
}: Pick<Lock, "operation" | "environment">): string {
  return environment === undefined ? operation : `${operation} in ${environment}`;
}
