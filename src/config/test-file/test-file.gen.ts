// Generated from schemas/test.schema.json by `npm run generate`. Do not edit.

/**
 * Text, a number, `true`, `false`, or nothing.
 */
export type Value = string | number | boolean | null;
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses = string[];
/**
 * A field of an account: its type, or its type and the labels it may take.
 */
export type Field = FieldType | ChoiceField;
/**
 * What the field holds.
 */
export type FieldType = "text" | "number" | "date" | "boolean";
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses1 = string[];
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses2 = string[];
/**
 * Somebody who was delivered: an address alone with the values that would be sent now, so that nothing is left to update.
 */
export type Recorded = string | RecordedPerson;
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses3 = string[];
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses4 = string[];
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses5 = string[];
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses6 = string[];
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses7 = string[];
/**
 * E-mail addresses.
 *
 * Items: An address.
 */
export type Addresses8 = string[];
/**
 * Why somebody is held back.
 */
export type Reason =
  "invalid" | "forgotten" | "suppressed" | "no consent" | "opted out" | "address changed after opt-out";
/**
 * A number of people.
 */
export type Count = number;

/**
 * A team's own tests of its segments and exports (`*.test.yaml`): given these profiles, these people are delivered with these values. `rollcall test` runs them without network, keys or state.
 */
export interface RollcallTestFile {
  /**
   * The run clock: what `now()`, `today()` and their like answer in SQL, and the day on which ages are counted. Without it, the time at which the tests run.
   */
  now?: string;
  sources?: Rows;
  addresses?: AddressFiles;
  /**
   * Fields that the accounts have, by connection and field name. A field that is not listed is taken to be as the attribute says (text unless it has a `type`).
   */
  fields?: {
    /**
     * Fields of the account behind this connection, by name.
     */
    [k: string]: {
      [k: string]: Field;
    };
  };
  /**
   * The cases, each evaluated for itself.
   *
   * @minItems 1
   */
  cases: [Case, ...Case[]];
}
/**
 * Rows of sources, by the name of the source. Every case has them, unless it has rows of its own. A source without rows is empty.
 */
export interface Rows {
  /**
   * Rows of this source. They are loaded as if they stood in a file of the source.
   *
   * Items: One row: a value for each column. A column that is missing here and is in another row is empty.
   */
  [k: string]: {
    [k: string]: Value;
  }[];
}
/**
 * What is in the address files of segments (`addresses:` in the config), by the name of the segment. The files themselves are not read; without an entry they are empty.
 */
export interface AddressFiles {
  [k: string]: Addresses;
}
/**
 * A field that takes one of some labels.
 */
export interface ChoiceField {
  /**
   * Always `choice`.
   */
  type: "choice";
  /**
   * The labels.
   *
   * @minItems 1
   *
   * Items: One label.
   */
  choices: [string, ...string[]];
}
/**
 * One situation and what is expected of it.
 */
export interface Case {
  /**
   * What is tested, in words. No two cases of a file have the same name.
   */
  name: string;
  given?: Given;
  expect: Expect;
}
/**
 * What is different in this case from the rest of the file, and what happened before.
 */
export interface Given {
  /**
   * Another run clock for this case.
   */
  now?: string;
  sources?: Rows1;
  add?: Rows2;
  addresses?: AddressFiles1;
  optedOut?: Addresses1;
  forgotten?: Addresses2;
  /**
   * Whom earlier runs delivered, by export. An export that is listed, even with nobody, was applied before with today's definition; one that is not listed is planned for the first time, on an empty list.
   */
  recorded?: {
    /**
     * People on the list of this export, put there by it.
     */
    [k: string]: Recorded[];
  };
}
/**
 * Rows that take the place of the file's rows of the same source.
 */
export interface Rows1 {
  /**
   * Rows of this source. They are loaded as if they stood in a file of the source.
   *
   * Items: One row: a value for each column. A column that is missing here and is in another row is empty.
   */
  [k: string]: {
    [k: string]: Value;
  }[];
}
/**
 * Rows that come after those that the case has anyway.
 */
export interface Rows2 {
  /**
   * Rows of this source. They are loaded as if they stood in a file of the source.
   *
   * Items: One row: a value for each column. A column that is missing here and is in another row is empty.
   */
  [k: string]: {
    [k: string]: Value;
  }[];
}
/**
 * Address files that take the place of the file's, by the name of the segment.
 */
export interface AddressFiles1 {
  [k: string]: Addresses;
}
/**
 * Somebody who was delivered with other values than those of today.
 */
export interface RecordedPerson {
  /**
   * The address that was delivered.
   */
  email: string;
  /**
   * Whose address it was, as `match.id` gives it. Without it the person of today's profile.
   */
  id?: string;
  values?: Values;
}
/**
 * Values that were sent, by attribute; of attributes that are not named, those of today.
 */
export interface Values {
  [k: string]: Value;
}
/**
 * What has to come out. Whatever is not mentioned is not looked at.
 */
export interface Expect {
  /**
   * Who is in a segment, by the name of the segment: before consent, suppressions and opt-outs are looked at.
   */
  segments?: {
    [k: string]: ExpectedSegment;
  };
  /**
   * What an export delivers, by the name of the export.
   */
  exports?: {
    [k: string]: ExpectedExport;
  };
}
/**
 * Addresses are compared in their normal form: trimmed, in lower case.
 */
export interface ExpectedSegment {
  members?: Addresses3;
  includes?: Addresses4;
  excludes?: Addresses5;
  /**
   * How many addresses there are.
   */
  count?: number;
}
/**
 * Members are the people whom the export would deliver: in its segments, with a valid address, and not held back.
 */
export interface ExpectedExport {
  members?: Addresses6;
  includes?: Addresses7;
  excludes?: Addresses8;
  /**
   * How many people are delivered.
   */
  count?: number;
  /**
   * Values that are sent, by address and attribute, in the form in which they are sent. Attributes that are not named are not compared.
   */
  mapped?: {
    [k: string]: Values1;
  };
  /**
   * People who are in the segments and not delivered, with the reason. Others may be held back as well; `plan.heldBack` counts all.
   */
  heldBack?: {
    [k: string]: Reason;
  };
  plan?: ExpectedPlan;
  /**
   * How many values of an attribute do not fit and are not sent, by attribute.
   */
  badValues?: {
    [k: string]: Count;
  };
}
/**
 * A value for each attribute, by its name in the config or at the destination: text, a number or a boolean as it is sent, `""` for one that is cleared, `null` for one that is not sent.
 */
export interface Values1 {
  [k: string]: Value;
}
/**
 * The numbers that `rollcall plan` would show for the export.
 */
export interface ExpectedPlan {
  /**
   * People who are added to the list.
   */
  add?: number;
  /**
   * People on the list whose values change.
   */
  update?: number;
  /**
   * People who are taken off the list.
   */
  remove?: number;
  /**
   * People on the list for whom there is nothing to do.
   */
  unchanged?: number;
  /**
   * People who left the segments and stay on the list, because the mode does not remove.
   */
  left?: number;
  /**
   * How many people are held back for each of these reasons.
   */
  heldBack?: {
    /**
     * The address is none.
     */
    invalid?: number;
    /**
     * Forgotten with `rollcall forget`.
     */
    forgotten?: number;
    /**
     * Named by a suppression of the config.
     */
    suppressed?: number;
    /**
     * The condition under `consent` is not true.
     */
    "no consent"?: number;
    /**
     * Opted out at the destination.
     */
    "opted out"?: number;
    /**
     * The same person, by `match.id`, opted out with another address.
     */
    "address changed after opt-out"?: number;
  };
}
