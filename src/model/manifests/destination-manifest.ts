import type { JsonSchema } from "./json-schema.js";
import type { ListNameFault, ListSpec } from "./list-name.js";

/** What is known of a kind of destination before it is loaded: data and pure functions, so that reading a config stays quick. */
export interface DestinationManifest {
  /** Its word in a config, in state and in results. Never changes. */
  readonly type: string;
  /** Other words for it in a config. */
  readonly aliases: readonly string[];
  /** As messages call it. */
  readonly label: string;
  /** A sentence for the reference of the config: what a connection of this type leads to. */
  readonly description: string;
  /**
   * It is reached over the network, with a key: the connection has `apiKey`, `baseUrl` and the other keys of services, and
   * attributes belong to a contact, whatever its lists. Otherwise lists stay on this machine.
   */
  readonly isService: boolean;
  /** The keys of a connection that only this type has. One called `path` is a file or folder, relative to the config file. */
  readonly options: {
    readonly properties: Readonly<Record<string, JsonSchema>>;
    readonly required: readonly string[];
  };
  /** Of these, those that decide whom an export sends what, so that another value is a change of the export. */
  readonly definingOptions: readonly string[];
  /** `Connection.options`, what is under these keys (`path` is absolute by now). */
  optionsOf(written: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>>;
  /** Plain names, such as `firstName`, whose field has this name in every account. */
  readonly fieldNames: Readonly<Record<string, string>>;
  /** Whether a phone can be the number that text messages go to (`as: sms`). */
  readonly hasSmsNumbers: boolean;
  /** Why it would not create a list of this name; undefined when it would. */
  listNameFault(spec: ListSpec): ListNameFault | undefined;
  /** What `rollcall init` writes for it. */
  readonly starter: {
    readonly connection: string;
    /** Lines below the connection's name, without indentation. */
    readonly lines: readonly string[];
    readonly list: string;
  };
}
