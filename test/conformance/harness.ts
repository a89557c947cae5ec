import type { AttributeMapping } from "../../src/model/config/attribute.js";
import type { Connection } from "../../src/model/config/connection.js";
import type { Destination, DestinationPlugin } from "../../src/plugin/destination.js";

/** A fresh account (or folder) at a real destination or its sandbox, and a hand on it behind the plug-in's back. */
export interface Harness {
  readonly plugin: DestinationPlugin;
  readonly connection: Connection;
  /** Where the plug-in puts its files. */
  readonly scratch: string;
  /** Connects with the right key, or with another one. */
  open(key?: string): Destination;
  /** Attributes that exist at the destination, each with two values. At least a text, and a number where there are numbers. */
  readonly attributes: readonly {
    readonly mapping: AttributeMapping;
    readonly before: string | number;
    readonly after: string | number;
    /** In this reading the destination does not take that the field is emptied. */
    readonly stays?: boolean;
  }[];
  /** Shaped like the id of a list that does not exist. */
  readonly absentList: string;
  /** More members than one page of the destination's reads holds. */
  readonly manyMembers: number;
  addList(name: string): Promise<string>;
  /** Somebody else puts people on a list. */
  addStrangers(listId: string, emails: readonly string[]): Promise<void>;
  /** Who is on a list in truth. */
  emailsOn(listId: string): Promise<readonly string[]>;
  /** Ends everything asynchronous at the destination. */
  settle(): Promise<void>;
  /** What only a destination behind a network has; a harness of such a one that lacks it fails. */
  readonly remote: RemoteHarness | undefined;
  stop(): Promise<void>;
}

export interface RemoteHarness {
  /** The right key; must show up in no message. */
  readonly key: string;
  /** An address that our rules let through and the destination refuses. */
  readonly refusedAddress: string;
  /** From here on requests with this address are refused as a whole, without a word why. */
  refuseUnnamed(address: string): void;
  /** Whether the account still stores the contact. */
  stores(email: string): Promise<boolean>;
  /** The contact opts out of everything. */
  optOut(email: string): Promise<void>;
  /** From here on contacts may be deleted, which is otherwise noticed in the end. */
  allowDeletions(): void;
  /** Requests so far that write contacts. */
  writes(): number;
  /** The next request that adds contacts is answered with 429 and does nothing. */
  limitNextAdd(): void;
  /** The next request that adds contacts is carried out and its answer is lost. */
  loseNextAdd(): void;
  /** The next read is answered with a 500. */
  failNextRead(): void;
  /** Reads take several seconds from now on. */
  slowReads(): void;
  /** Reads find nothing but a web server's own 404 page. */
  hideBehindPage(): void;
}

/** One behaviour that every destination has. `only`: destinations behind a network. */
export interface ConformanceCase {
  readonly name: string;
  readonly only?: "remote";
  run(harness: Harness): Promise<void>;
}
