import type { FileEncoding } from "../file-encoding.js";
import type { JsonSchema } from "../manifests/json-schema.js";
import type { SecretRef } from "./secret-ref.js";

/** Where profiles live. What only one kind has beside this is known to its own folder alone. */
export interface Source extends SourceBase {
  /** The word of its kind (`SourceManifest.type`). */
  readonly type: string;
  /** What its type is like. */
  readonly kind: SourceManifest;
}

/** A source whose kind a module of the project brings. */
export interface OwnSource extends Source {
  /** What is under the keys that its manifest names; a `path` is absolute, and secrets are not part of it. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface SourceBase {
  readonly name: string;
  /** Absolute folder of the YAML file that declares the source. */
  readonly folder: string;
  /** Absolute path of the module of the project that brings its type; undefined for a type that Rollcall brings along. */
  readonly module?: string | undefined;
  /** By the key that is in the config; none where a source needs none. */
  readonly secrets?: Readonly<Record<string, SecretRef>>;
  /** It comes from a change that nobody has reviewed, and is not opened. */
  readonly needsTrust?: boolean;
  /** What is declared of columns, by name; other columns are sniffed. */
  readonly columns: Readonly<Record<string, DeclaredColumn>>;
  /** Fewer rows than this is an incomplete source. */
  readonly minimumRows: number | undefined;
  /** How old the data may be when it is sent. */
  readonly maxAge: MaxAge | undefined;
  /** What a segment's file holds: its first line may be somebody's rather than a header. */
  readonly holds?: "addresses";
}

/** What is known of a kind of source before it is loaded: data and pure functions, so that reading a config stays quick. */
export interface SourceManifest {
  /** Its word in a config. Never changes. */
  readonly type: string;
  /** A sentence for the reference of the config: what a source of this type reads. */
  readonly description: string;
  /** The keys of a source that only this type has. */
  readonly options: {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
    /** Of these, exactly one is there. */
    readonly oneOf?: readonly JsonSchema[];
  };
  /** Of these, those that may be references to secrets. */
  readonly secretKeys: readonly string[];
  /** Of these, files by their names, relative to the config file that they are in. */
  readonly pathKeys: readonly string[];
  /** It reads nothing but files within the folders that a project may read, and starts no program. */
  readonly readsProject: boolean;
  /** It starts a program, which may read and run whatever lies in a checkout that nobody has reviewed. */
  readonly startsProgram?: true;
  /** It reads files of text: the rows of a team's tests, and segments that are files of addresses. */
  readonly readsText: boolean;
  /** The source, what is under these keys (`pathKeys` are absolute by now). */
  sourceOf(written: Readonly<Record<string, unknown>>, base: SourceBase): Source;
  /** What it asks a database for; undefined where files are read as they are, and nobody's SQL runs. */
  queryOf(source: Source): SourceQuery | undefined;
  /** Files and patterns of files that it names. */
  pathsOf(source: Source): readonly SourcePath[];
  /** What of it is part of an export's definition, so that another value is a change; `called` is how a path is called there. */
  definitionOf(source: Source, called: (path: string) => string): object;
  /** Options that do not go together. */
  faultsOf(source: Source): readonly SourceFault[];
  /** Whether each value is written as text, as JSON has it, or in a column with a type of its own. */
  valuesOf(source: Source): "text" | "json" | "typed";
}

/** A table by its name, or the rows of SQL that people wrote. */
export type SourceQuery = { readonly table: string } | { readonly sql: string };

export interface SourcePath {
  readonly path: string;
  /** Of a pattern, its place among those of the source; undefined: a file by its name. */
  readonly index: number | undefined;
}

export interface SourceFault {
  readonly code: string;
  /** The key that it is about, and whether it is the key that is wrong or its value. */
  readonly key: string;
  readonly onKey?: true;
  readonly message: string;
  readonly hint?: string;
}

/** What a column holds, and how it is written there. */
export interface DeclaredColumn {
  readonly type: "text" | "number" | "date" | "timestamp" | "boolean";
  /** Only for dates and timestamps: in the letters of `strftime`; missing: as ISO 8601 says. */
  readonly format?: string;
  /** Only for numbers: what comes before the decimals; missing: a point. */
  readonly decimal?: "," | ".";
}

export interface MaxAge {
  readonly seconds: number;
  /** Measured by the newest value of this column; undefined: by when the newest file was written. */
  readonly column: string | undefined;
}

/** Whether what would be names of columns may be values of somebody, so that no message repeats them. */
export function namesMayBeValues(source: Source): boolean {
  return source.holds === "addresses";
}

/** What a config says of files that are not written as most are. */
export interface FileRules {
  /** Whether a file may lack columns that another file of the source has. */
  readonly columnsMayDiffer?: boolean | undefined;
  /** False: the first line is a row, and `columnNames` says what is in it. True: it is a header, whatever it looks like. */
  readonly header?: boolean | undefined;
  readonly columnNames?: readonly string[] | undefined;
  /** Values that mean nothing, besides an empty one. */
  readonly nullValues?: readonly string[] | undefined;
  readonly encoding?: FileEncoding | undefined;
  readonly finalNewline?: "required" | "optional" | undefined;
}
