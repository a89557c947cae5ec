import { Document, isScalar, isMap } from "yaml";
import type { AttributeType } from "../../model/config/attribute.js";
import { textFiles } from "../../registry/sources.js";
import { formatConfig } from "./fmt.js";

/** A list that is there, and what can be written with its contacts. */
export interface ExistingList {
  readonly connection: string;
  readonly id: string;
  readonly name: string;
  /** Fields that an export may map, with what they hold. */
  readonly fields: readonly { readonly name: string; readonly type: AttributeType | "unsupported" }[];
}

const HEADER = ` Written by \`rollcall adopt --generate\` from the lists that are there. For each export: fill in its segment,
 keep the attributes that Rollcall shall own, and run \`rollcall adopt EXPORT\` if its members are to count as ours.
 To include this file from another config, take out \`version\` and what that one has already.`;

/** A whole config, in the one style, with an export for each list and a segment of nobody to be filled in. */
export function generatedConfigText(
  shared: Readonly<Record<string, unknown>>,
  lists: readonly ExistingList[],
): string {
  const names = namesOf(lists);
  const document = new Document({
    version: 1,
    ...shared,
    sources: { customers: { type: textFiles.type, path: "customers.csv" } },
    segments: Object.fromEntries(
      names.map((name) => [segmentOf(name), { source: "customers", where: "false" }]),
    ),
    exports: Object.fromEntries(
      lists.map((list, index) => [names[index], exportOf(list, names[index] ?? "")]),
    ),
  });
  document.commentBefore = HEADER;
  comment(document, ["sources", "customers"], "Where the profiles are; to be filled in.");
  for (const name of names) {
    comment(document, ["segments", segmentOf(name)], "To be filled in: `false` is nobody.");
    comment(document, ["exports", name, "mode"], "mirror also removes those who leave the segments.", true);
  }
  for (const [index, { fields }] of lists.entries()) {
    const path = ["exports", names[index] ?? "", "attributes"];
    for (const { name, type } of fields)
      comment(document, [...path, name], `${type}; keep it to own it`, true);
  }
  const { text } = formatConfig(document.toString({ lineWidth: 0 }));
  if (text === undefined) throw new TypeError("the generated config is not sound YAML");
  return text;
}

function exportOf({ connection, id, name, fields }: ExistingList, exportName: string): object {
  return {
    ...(name === exportName || name === "" ? {} : { displayName: name }),
    connection,
    list: /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id,
    segments: [segmentOf(exportName)],
    match: { email: "email" },
    mode: "upsert",
    ...(fields.length === 0
      ? {}
      : { attributes: Object.fromEntries(fields.map((field) => [field.name, columnOf(field.name)])) }),
  };
}

function segmentOf(exportName: string): string {
  return `people_of_${exportName.replaceAll("-", "_")}`.slice(0, 63);
}

/** Names that the config allows, each once. */
function namesOf(lists: readonly ExistingList[]): string[] {
  const taken = new Set<string>();
  return lists.map(({ name, id }) => {
    const plain = name
      .normalize("NFKD")
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "_")
      .replaceAll(/^_+|_+$/g, "");
    const base = (
      /^[a-z]/.test(plain)
        ? plain
        : `list_${plain === "" ? id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_") : plain}`
    ).slice(0, 40);
    let free = base;
    for (let next = 2; taken.has(free); next++) free = `${base}_${next}`;
    taken.add(free);
    return free;
  });
}

function columnOf(field: string): string {
  return field.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_");
}

/** Above the key of `path`, or behind its value. */
function comment(document: Document, path: readonly string[], text: string, behind = false): void {
  const parent = document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  if (behind && isScalar(pair?.value)) pair.value.comment = ` ${text}`;
  else if (isScalar(pair?.key)) pair.key.commentBefore = ` ${text}`;
}
