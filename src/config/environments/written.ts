import { Document } from "yaml";
import { formatConfig } from "../write/fmt.js";
import { SECTION_ORDER } from "../write/fmt-sections.js";
import {
  isTopSection,
  LIST_SECTIONS,
  NAMED_SECTIONS,
  type ListSection,
  type MergedConfig,
  type NamedSection,
} from "../files/merge.js";

/**
 * A config as if it were written at once: one file in the one style, without
 * `include` and `environments`. Defaults are not written out, and secrets are
 * references as they are in the files.
 */
export function flatConfigText(merged: MergedConfig): string {
  const sections = SECTION_ORDER.flatMap((name) => {
    const value = sectionOf(merged, name);
    return value === undefined ? [] : [[name, value]];
  });
  const document = new Document(
    { version: 1, ...Object.fromEntries(sections) },
    { aliasDuplicateObjects: false },
  );
  const { text } = formatConfig(document.toString({ lineWidth: 0 }));
  if (text === undefined) throw new TypeError("the written config is not sound YAML");
  return text;
}

function sectionOf(merged: MergedConfig, name: string): unknown {
  if (isTopSection(name)) return merged[name]?.value;
  if ((NAMED_SECTIONS as readonly string[]).includes(name)) {
    const entries = [...merged.named[name as NamedSection]].map(([key, { value }]) => [key, value]);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  if (!(LIST_SECTIONS as readonly string[]).includes(name)) return undefined;
  const items = merged.lists[name as ListSection].map(({ value }) => value);
  return items.length === 0 ? undefined : items;
}
