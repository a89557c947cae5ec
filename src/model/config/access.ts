/** What somebody may do: admins use every connection, contributors those that are shared with them. */
export type Role = "admins" | "contributors";

/** Identities (`github:anna`, `ssh:anna@example.com`) by role. */
export type Roles = Readonly<Record<Role, readonly string[]>>;

/** Who runs a command, as the machine says. */
export interface Actor {
  /** Undefined when nobody can tell. */
  readonly identity: string | undefined;
  readonly roles: readonly Role[];
}
