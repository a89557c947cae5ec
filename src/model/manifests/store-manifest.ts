import type { JsonSchema } from "./json-schema.js";

/** What only one kind of store understands, by the key that it stands under. */
export type StoreOptions = Readonly<Record<string, unknown>>;

/** What is known of a kind of store before it is loaded: data and pure functions, so that reading a config stays quick. */
export interface StoreManifest {
  /** Its word in a config. Never changes. */
  readonly type: string;
  /** A config that names no type means this one. */
  readonly isDefault: boolean;
  /** It is on this machine: people's addresses may lie there as they are, and reading it needs no key. */
  readonly isOnThisMachine: boolean;
  /** Sentences for the reference of the config: what state of this type is kept in. */
  readonly description: string;
  /** The same with what it needs; undefined when it needs nothing. */
  readonly markdownDescription?: string;
  /** The keys of `state` that only this type has. */
  readonly options: {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
    /** Keys that go with others, as JSON Schema says it. */
    readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  };
  /** Of these, references to secrets. */
  readonly secretKeys: readonly string[];
  /** Folders, relative to that of the root config. */
  readonly pathKeys: readonly string[];
  /** Addresses on the net, with one that they may be like. */
  readonly addresses: Readonly<Record<string, string>>;
  /** Keys that tell the places of two states apart, and not only how they are reached. */
  readonly placeKeys: readonly string[];
  /** Secrets that say, with the rest of what opens it, where the state is. */
  readonly placeSecrets: readonly string[];
  /** `StoreConfig.options`, what is under these keys. `environment`: whose state this is, when nothing else tells it from that of another. */
  optionsOf(written: StoreOptions, environment: string | undefined): StoreOptions;
  /** What is wrong with the secrets that are given, if anything is; `given` are their keys. */
  signInFault(options: StoreOptions, given: readonly string[]): SignInFault | undefined;
  /** Where it is, for people. Folders are as they are called from the config's. */
  placeInWords(options: StoreOptions): string;
  /** Packages that it needs beside Rollcall. */
  readonly packages: readonly string[];
  /** Without secrets it signs in as whom the CI system says the job is. */
  readonly signsInAsJob: boolean;
}

/** Why a store cannot be signed in to as it is written. */
export interface SignInFault {
  readonly code: "too-many-keys" | "missing-key";
  /** The key that it is about; undefined: `state` itself. */
  readonly key: string | undefined;
  readonly message: string;
  readonly hint: string;
}

/** What a store calls everything of an environment that has no place of its own. */
export function placeWithin(place: string, environment: string | undefined): string {
  return environment === undefined ? place : `${place}/${environment}`;
}

/** What the names of everything in a state start with, unless the config says otherwise. */
export const STATE_PREFIX = "rollcall";
