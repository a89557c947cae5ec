/** What narrows a run, or lets it pass checks. */
export interface Narrowing {
  /** Names of exports. */
  readonly targets?: readonly string[];
  /** It adds and updates nobody. */
  readonly removalsOnly?: true;
  /** Whom the destination rejected is sent once more. */
  readonly retryRejected?: true;
  /** `NAME` or `EXPORT:NAME` of checks that a person lets pass. */
  readonly overrides?: readonly string[];
}

/** The wishes of a run, whatever form they come in. */
interface Wishes {
  readonly targets?: readonly string[] | undefined;
  readonly removalsOnly?: boolean | undefined;
  readonly retryRejected?: boolean | undefined;
  readonly overrides?: readonly string[] | undefined;
}

/** Only what was wished; undefined when nothing was. */
export function narrowingOf({
  targets = [],
  removalsOnly,
  retryRejected,
  overrides = [],
}: Wishes): Narrowing | undefined {
  const narrowing: Narrowing = {
    ...(targets.length === 0 ? {} : { targets }),
    ...(removalsOnly === true ? { removalsOnly } : {}),
    ...(retryRejected === true ? { retryRejected } : {}),
    ...(overrides.length === 0 ? {} : { overrides }),
  };
  return Object.keys(narrowing).length === 0 ? undefined : narrowing;
}

/** The same run with more checks let pass: what was let pass before still is. */
export function withOverrides(narrowing: Narrowing | undefined, more: readonly string[]): Narrowing {
  return { ...narrowing, overrides: [...new Set([...(narrowing?.overrides ?? []), ...more])] };
}

/** The same run for one export alone. */
export function narrowedToExport(narrowing: Narrowing | undefined, name: string): Narrowing {
  const own = narrowing?.overrides?.filter((text) => !text.includes(":") || text.startsWith(`${name}:`));
  return { ...narrowing, targets: [name], ...(own && { overrides: own }) };
}
