import { checkValue } from "../files/check-file.js";
import {
  LIST_SECTIONS,
  NAMED_SECTIONS,
  TOP_SECTIONS,
  type Entry,
  type ListSection,
  type MergedConfig,
  type NamedSection,
  type Overlays,
  type TopSection,
} from "../files/merge.js";
import { suggestionFor } from "../diagnostics/nearest.js";
import type { Path, Problem } from "../diagnostics/problem.js";
import { overlayEntry } from "./overlay.js";

/** The config as an environment has it, and what is wrong with the way in which it differs. */
export interface EffectiveConfig {
  readonly merged: MergedConfig;
  /** Their paths are those of `merged`. */
  readonly problems: readonly Problem[];
}

/**
 * Lays what an environment says over the rest of the config. What may be in an
 * environment is what the schema allows there; what comes out has to be as right as
 * a config that was written at once.
 */
export function effectiveConfig(merged: MergedConfig, environment: string): EffectiveConfig {
  const overlays = merged.environments.get(environment);
  if (overlays === undefined) throw new TypeError(`there is no environment ${environment}`);
  const laid = layOver({ ...merged, environment }, overlays, ["environments", environment]);
  const checked = checkOverlaid(laid.merged);
  return { merged: checked.merged, problems: [...laid.problems, ...checked.problems] };
}

function layOver(merged: MergedConfig, overlays: Overlays, above: Path): EffectiveConfig {
  const problems: Problem[] = [];
  const disabled = new Map<string, Entry>();
  const top = Object.fromEntries(
    TOP_SECTIONS.map((section): [TopSection, Entry | undefined] => {
      const [base, overlay] = [merged[section], overlays[section]];
      return [section, base && overlay ? overlayEntry(section, base, overlay) : (overlay ?? base)];
    }),
  ) as Pick<MergedConfig, TopSection>;
  const named = Object.fromEntries(
    NAMED_SECTIONS.map((section) => {
      const entries = new Map(merged.named[section]);
      for (const [name, overlay] of overlays.named[section]) {
        const base = entries.get(name);
        if (base === undefined)
          problems.push(unknownName(section, name, merged.named[section].keys(), above));
        else if (hasOtherType(base, overlay)) problems.push(otherType(section, name, above));
        else if (section === "exports" && keysOf(overlay)["enabled"] === false) {
          entries.delete(name);
          disabled.set(name, base);
        } else entries.set(name, overlayEntry(section, base, withoutEnabled(overlay)));
      }
      return [section, entries];
    }),
  ) as unknown as MergedConfig["named"];
  const lists = Object.fromEntries(
    LIST_SECTIONS.map((section) => [section, [...merged.lists[section], ...overlays.lists[section]]]),
  ) as unknown as Record<ListSection, readonly Entry[]>;
  return { merged: { ...merged, ...top, named, lists, disabled }, problems };
}

/** Holds what overlays touched against the schema once more. */
function checkOverlaid(merged: MergedConfig): EffectiveConfig {
  const isTouched = (entry: Entry | undefined): boolean =>
    entry?.broken === false && (entry.overlay !== undefined || entry.at[0] === "environments");
  const tops = TOP_SECTIONS.filter((section) => isTouched(merged[section]));
  const touched = NAMED_SECTIONS.map(
    (section) => [section, [...merged.named[section]].filter(([, entry]) => isTouched(entry))] as const,
  );
  const { value, broken, problems } = checkValue(
    {
      version: 1,
      ...Object.fromEntries(tops.map((section) => [section, merged[section]?.value])),
      ...Object.fromEntries(
        touched.map(([section, entries]) => [
          section,
          Object.fromEntries(entries.map(([name, entry]) => [name, entry.value])),
        ]),
      ),
    },
    merged.own,
  );
  const isBroken = (...at: Path): boolean => broken.has(at);
  const named: Record<string, ReadonlyMap<string, Entry>> = { ...merged.named };
  for (const [section, entries] of touched) {
    const after = new Map(merged.named[section]);
    const values = value[section] as Readonly<Record<string, unknown>>;
    for (const [name, entry] of entries)
      after.set(name, { ...entry, value: values[name], broken: isBroken(section, name) });
    named[section] = after;
  }
  const after = tops.map((section) => [
    section,
    { ...merged[section], value: value[section], broken: isBroken(section) },
  ]);
  return {
    merged: { ...merged, ...Object.fromEntries(after), named: named as unknown as MergedConfig["named"] },
    problems,
  };
}

/** The word is about the environment and no part of the export. */
function withoutEnabled(overlay: Entry): Entry {
  const { enabled: _, ...rest } = keysOf(overlay);
  return { ...overlay, value: rest };
}

function hasOtherType(base: Entry, overlay: Entry): boolean {
  const { type } = keysOf(overlay);
  return type !== undefined && type !== keysOf(base)["type"];
}

function keysOf({ value }: Entry): Readonly<Record<string, unknown>> {
  return (value ?? {}) as Readonly<Record<string, unknown>>;
}

function unknownName(section: NamedSection, name: string, known: Iterable<string>, above: Path): Problem {
  const what = section.slice(0, -1);
  return {
    severity: "error",
    code: `unknown-${what}`,
    message: `There is no ${what} \`${name}\` that the environment \`${String(above[1])}\` could differ from.`,
    hint: () => suggestionFor(name, known, what),
    at: [...above, section, name],
    onKey: true,
  };
}

function otherType(section: NamedSection, name: string, above: Path): Problem {
  return {
    severity: "error",
    code: "environment-type",
    message: `The ${section.slice(0, -1)} \`${name}\` cannot be of another type in an environment.`,
    hint: "Leave `type` out here. Where an environment sends to another vendor, write a connection and an export of their own, with `enabled: false` elsewhere.",
    at: [...above, section, name, "type"],
  };
}
