import type { AttributeMapping } from "../../model/config/attribute.js";
import type { Config } from "../../model/config/config.js";
import { foldName } from "../../model/fold-name.js";
import type { DeclaredColumn } from "../../model/config/source.js";
import type { Problem } from "../diagnostics/problem.js";

/** What `columns` says of how a column is written: it fits the type, and no attribute says otherwise. */
export function checkDeclaredColumns(config: Config): Problem[] {
  return [...optionsOfColumns(config), ...contradictions(config)];
}

const TYPES = { format: ["date", "timestamp"], decimal: ["number"] } as const;

function optionsOfColumns({ sources }: Config): Problem[] {
  return [...sources.values()].flatMap(({ name, columns }) =>
    Object.entries(columns).flatMap(([column, declared]) => {
      const at = ["sources", name, "columns", column];
      const misplaced = (["format", "decimal"] as const).find(
        (option) => declared[option] !== undefined && !TYPES[option].some((type) => type === declared.type),
      );
      if (misplaced !== undefined) return [misplacedOption(misplaced, [...at, misplaced])];
      return declared.type === "timestamp" && declared.format?.includes("%H") === false
        ? [withoutTime([...at, "format"])]
        : [];
    }),
  );
}

function misplacedOption(option: keyof typeof TYPES, at: Problem["at"]): Problem {
  const types = TYPES[option];
  return {
    severity: "error",
    code: "column-option",
    message: `\`${option}\` is only for ${types.map((type) => `${type}s`).join(" and ")}.`,
    hint: `Write ${types.map((type) => `\`type: ${type}\``).join(" or ")}, or remove it.`,
    at,
    onKey: true,
  };
}

function withoutTime(at: Problem["at"]): Problem {
  return {
    severity: "error",
    code: "column-option",
    message: "The format of a timestamp has a time.",
    hint: "Add `%H:%M` or `%H:%M:%S`, or write `type: date` for a day alone.",
    at,
    onKey: true,
  };
}

/** Attributes of segments that are rows of a source: in SQL, a column of that name may be another one. */
function contradictions(config: Config): Problem[] {
  return [...config.exports.values()].flatMap(({ name, segments, attributes }) =>
    attributes.flatMap((mapping) => {
      for (const segment of segments) {
        const from = config.segments.get(segment)?.from;
        const source = from?.kind === "where" ? from.source : undefined;
        const columns = (source === undefined ? undefined : config.sources.get(source))?.columns ?? {};
        const found = contradiction(mapping, columns);
        if (source !== undefined && found !== undefined)
          return [contradicted(source, found, ["exports", name, "attributes", mapping.name, found.option])];
      }
      return [];
    }),
  );
}

interface Contradiction {
  readonly option: "format" | "decimal";
  readonly column: string;
  /** What the source says of it, in words. */
  readonly declared: string;
}

function contradiction(
  { value, format, decimal }: AttributeMapping,
  columns: Readonly<Record<string, DeclaredColumn>>,
): Contradiction | undefined {
  if (!("column" in value)) return undefined;
  const [column, own] =
    Object.entries(columns).find(([name]) => foldName(name) === foldName(value.column)) ?? [];
  if (column === undefined || own === undefined || own.type === "text") return undefined;
  // ISO 8601 is the same day in any format, so that a day without one contradicts nothing.
  if (format !== undefined && own.format !== undefined && format !== own.format)
    return { option: "format", column, declared: inWords(own) };
  const mark = own.type === "number" ? (own.decimal ?? ".") : undefined;
  return decimal === undefined || decimal === mark
    ? undefined
    : { option: "decimal", column, declared: inWords(own) };
}

function inWords({ type, format, decimal }: DeclaredColumn): string {
  if (format !== undefined) return `a ${type} of the form \`${format}\``;
  if (type === "number") return decimal === "," ? "a number with a decimal comma" : "a number with a point";
  return type === "boolean" ? "a boolean" : `a ${type} as in ISO 8601`;
}

function contradicted(
  source: string,
  { option, column, declared }: Contradiction,
  at: Problem["at"],
): Problem {
  return {
    severity: "error",
    code: "column-declared-otherwise",
    message: `The source \`${source}\` declares \`${column}\` as ${declared}; \`${option}\` says otherwise.`,
    hint: `Say it in one place: remove \`${option}\` here, or change \`columns\` of the source.`,
    at,
    onKey: true,
  };
}
