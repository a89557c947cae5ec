import type { CONTRACT_VERSION } from "../model/manifests/contract-version.js";
import type { DestinationManifest } from "../model/manifests/destination-manifest.js";
import type { JsonSchema } from "../model/manifests/json-schema.js";
import type { OwnSource } from "../model/config/source.js";
import type { Kit, NotifierKit, SourceKit } from "./kit.js";
import type { DestinationPlugin } from "./destination.js";
import type { NotifierPlugin } from "./notifier.js";
import type { Completeness, SourceContext, SourceRead, SourceRelation } from "./source.js";

/** What every manifest has that a module of a project exports as `manifest`. */
interface OwnManifestOf<Kind extends string> {
  readonly contract: typeof CONTRACT_VERSION;
  readonly kind: Kind;
  /** Its word in a config. Never changes. */
  readonly type: string;
  /** A sentence about it. */
  readonly description: string;
  /** The keys of a config that only this type has. One called `path` is a file or folder, and arrives as an absolute path. */
  readonly options?: {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
}

type Needed = "label" | "isService";
type Optional = "aliases" | "fieldNames" | "hasSmsNumbers" | "listNameFault";

/** That of a destination. */
export interface OwnManifest
  extends
    OwnManifestOf<"destination">,
    Pick<DestinationManifest, Needed>,
    Partial<Pick<DestinationManifest, Optional>> {}

/** That of a source. An option whose schema is `{$ref: "#/$defs/secret"}` is a reference to a secret. */
export interface OwnSourceManifest extends OwnManifestOf<"source"> {
  /** Whether each value is written as text, as JSON has it, or in a column with a type of its own, as where this is left out. */
  readonly values?: "text" | "json" | "typed";
}

/** That of a notifier. An option whose schema is `{$ref: "#/$defs/secret"}` is a reference to a secret. */
export interface OwnNotifierManifest extends OwnManifestOf<"notifier"> {}

/** What a module of a project exports. */
interface OwnModule<Manifest, LentKit, Plugin> {
  readonly manifest: Manifest;
  /** Called once something of its type is opened. */
  load(kit: LentKit): Plugin | Promise<Plugin>;
}

export interface OwnDestinationModule extends OwnModule<OwnManifest, Kit, DestinationPlugin> {}
export interface OwnSourceModule extends OwnModule<OwnSourceManifest, SourceKit, OwnSourcePlugin> {}
export interface OwnNotifierModule extends OwnModule<OwnNotifierManifest, NotifierKit, NotifierPlugin> {}

/** As `SourcePlugin`, whose comments are the contract. */
export interface OwnSourcePlugin {
  /** Called whenever something is asked of the source, so that `open` itself should be quick. */
  open(source: OwnSource, context: SourceContext): OwnSourceRead | Promise<OwnSourceRead>;
}

type Asked = "columnNames" | "relation" | "seal";

/** As `SourceRead`; where it says nothing of them, there are no files, nothing is attached, and text is meant as text. */
export interface OwnSourceRead
  extends Pick<SourceRead, "columnNames">, Partial<Omit<SourceRead, Asked | "signal">> {
  /** May leave out what proves that the rows are the whole: that it threw nothing says that they are. */
  seal: (rows: number) => Promise<Completeness | void>;
  relation: (
    ...asked: Parameters<SourceRead["relation"]>
  ) => Promise<Pick<SourceRelation, "sql"> & Partial<SourceRelation>>;
}
