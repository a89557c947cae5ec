import type { JsonSchema } from "./json-schema.js";

/** What only one kind of notifier understands, by the key that it stands under. */
export type NotifierOptions = Readonly<Record<string, unknown>>;

/** What is known of a kind of notifier before it is loaded: data and pure functions, so that reading a config stays quick. */
export interface NotifierManifest {
  /** Its word in a config, in state and in results. Never changes. */
  readonly type: string;
  /** A sentence for the reference of the config: where notices of this type go. */
  readonly description: string;
  /** The keys of a notifier that only this type has. */
  readonly options: {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
    /** Keys that go with others, as JSON Schema says it. */
    readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  };
  /** Of these, those that may be references to secrets. */
  readonly secretKeys: readonly string[];
  /** `Notifier.options`, what is under these keys; secrets are not part of it. */
  optionsOf(written: NotifierOptions): NotifierOptions;
  /** Why a notice would not travel safely, if it would not. Nothing need be encrypted on the way to this machine. */
  optionFault(options: NotifierOptions, isThisMachine: (host: string) => boolean): NotifierFault | undefined;
  /** The shortest one that there is, as a config writes it. */
  readonly starter: string;
}

export interface NotifierFault {
  /** The key that it is about. */
  readonly key: string;
  readonly message: string;
  readonly hint: string;
}
