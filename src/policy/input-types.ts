/** What a policy sees, by type; the reference table is made of this. Nothing here holds an address. */
export interface FieldType {
  /** A CEL type. */
  readonly type: string;
  readonly description: string;
}

export type ObjectType = Readonly<Record<string, FieldType>>;

const text = (description: string): FieldType => ({ type: "string", description });
const int = (description: string): FieldType => ({ type: "int", description });
const bool = (description: string): FieldType => ({ type: "bool", description });
const list = (of: string, description: string): FieldType => ({ type: `list<${of}>`, description });
const map = (to: string, description: string): FieldType => ({ type: `map<string, ${to}>`, description });
const TIME = "google.protobuf.Timestamp";

/** Every object type; a text that the plan leaves out is empty. */
export const OBJECT_TYPES: Readonly<Record<string, ObjectType>> = {
  Plan: {
    createdAt: { type: TIME, description: "when the plan was made" },
    adds: int("people added, over all exports"),
    updates: int("people updated, over all exports"),
    removes: int("people removed, over all exports"),
    heldBack: int("desired people who are not delivered, over all exports"),
    exports: list("Export", "the exports of this run"),
    accounts: list("Account", "the accounts that they go to"),
    configChanges: list("ConfigChange", "what differs between configuration and record"),
  },
  Export: {
    name: text("its name"),
    displayName: text("its display name, or empty"),
    connection: text("the connection that it uses"),
    type: text("kind of destination, as its connection has it"),
    account: text("type and vendor's id of its account; empty when it could not be planned"),
    list: { type: "List", description: "its list" },
    mode: text("`add-only`, `upsert` or `mirror`"),
    adds: int("people added"),
    updates: int("people updated"),
    removes: int("people removed"),
    heldBack: int("desired people who are not delivered"),
    isNew: bool("nothing is recorded of it yet"),
    firstRun: bool("the list is read as at a first run: it is new, or goes to another list"),
    connectionIsNew: bool("nothing that is recorded goes to its account yet"),
    planned: bool("it could be planned; if not, its numbers are 0 and nothing of it is sent"),
    detached: bool("it is kept and inactive, without a connection that may be used"),
    overridden: list("string", "checks that failed and that `--override` lets pass"),
    counts: { type: "Counts", description: "all counts of the plan" },
    causes: map(
      "map<string, int>",
      "of `add`, `update` and `remove`: how many by `config`, `churn`, `drift`",
    ),
    badValues: list("BadValues", "values that are not sent because they do not fit"),
    fieldsToCreate: list("string", "fields that are created at the destination"),
    cost: { type: "Cost", description: "what sending takes" },
    checks: list("Check", "checks worth a look"),
  },
  List: {
    id: text("the vendor's id; empty when the list is created"),
    name: text("its name, or empty"),
    create: bool("apply creates it"),
  },
  Counts: {
    desired: int("distinct valid addresses of the segments"),
    add: int("people added"),
    update: int("people updated"),
    remove: int("people removed"),
    unchanged: int("people who stay as they are"),
    left: int("left the segments but stay on the list"),
    found: int("desired people already on the list at the first run"),
    strangers: int("members whom no export claims; only there when the list was read: ask `has()` first"),
    adopted: int("strangers who are taken over"),
    strangerRemovals: int("of `remove`, members whom no export claims"),
    drifted: int("members whom others took off; only there when the list was read: ask `has()` first"),
    heldBack: map("int", "by reason; only reasons that occur: ask `in` first"),
  },
  BadValues: {
    attribute: text("the attribute"),
    reason: text("why they do not fit"),
    count: int("how many"),
  },
  Cost: {
    requests: int("requests"),
    bytes: int("bytes of their bodies"),
    minutes: { type: "double", description: "minutes at the vendor's limits" },
  },
  Check: {
    name: text("its name, such as `max-removals`"),
    status: text("`ok`, `warning`, `failed` or `overridden`"),
    message: text("as people read it"),
  },
  Account: {
    connection: text("a connection that leads there"),
    type: text("kind of destination, as its connection has it"),
    id: text("the vendor's id"),
    isNew: bool("nothing that is recorded goes there yet"),
    addresses: int("distinct addresses once applied"),
    limit: int("how many the contract allows; only there when known: ask `has()` first"),
    checks: list("Check", "checks worth a look"),
  },
  ConfigChange: {
    export: text("the export"),
    kind: text("`new`, `changed`, `orphaned`, `renamed`, `moved`, `removed`, `protected` or `unprotected`"),
    from: text("name or list before, or empty"),
  },
  Actor: {
    identity: text("who runs this, such as `github:anna`; empty when nobody can tell"),
    roles: list("string", "`admins` and `contributors`, as far as they apply"),
  },
};

/** The variables of an expression. */
export const VARIABLES: ObjectType = {
  plan: { type: "Plan", description: "what one run would do" },
  environment: text("the environment of the configuration, or empty"),
  actor: { type: "Actor", description: "who runs this" },
  now: { type: TIME, description: "the run clock" },
};
