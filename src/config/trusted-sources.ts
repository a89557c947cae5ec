import { isDeepStrictEqual } from "node:util";
import { findSourceKind } from "../registry/sources.js";
import type { Entry } from "./files/merge.js";

type Entries = ReadonlyMap<string, Entry>;

export interface TrustedSources {
  readonly sources: Entries;
  /** Sources that the base does not have, or has as files. */
  readonly strangers: ReadonlySet<string>;
  /** Sources of which the base says something else, which is used. */
  readonly different: readonly string[];
}

/**
 * The sources of a checkout that nobody has reviewed. Files of the project are read as it says. What is asked over a
 * network or by a program is told a key, and which rows of everybody's to give, by the base alone.
 */
export function trustedSources(theirs: Entries, base: Entries): TrustedSources {
  const sources = new Map<string, Entry>();
  const strangers = new Set<string>();
  const different: string[] = [];
  for (const [name, entry] of theirs) {
    const known = base.get(name);
    const isKnown = known !== undefined && isReachedAfar(known);
    if (!isKnown && isReachedAfar(entry)) strangers.add(name);
    if (isKnown && !isDeepStrictEqual(entry.value, known.value)) different.push(name);
    sources.set(name, isKnown ? known : entry);
  }
  return { sources, strangers, different };
}

/** Whether a source is more than files of the project. Types of the project's own are not loaded without review. */
export function isReachedAfar({ value }: Entry): boolean {
  const type: unknown = (value as { readonly type?: unknown } | null)?.type;
  return typeof type === "string" && findSourceKind(type)?.readsProject === false;
}
