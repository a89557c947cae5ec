// Generated from schemas/config.schema.json by `npm run generate`. Do not edit.

/**
 * Where Rollcall keeps what it delivered: a folder, or a store that several machines share.
 */
export type State = LocalState | AzureBlobState | S3State | PostgresState;
/**
 * Encrypt everything about people in state with AES-256-GCM. What was stored before stays readable; `rollcall state rekey` encrypts it.
 */
export type StateEncryption = "none" | StateKeys;
/**
 * What the names of everything in this state start with. Two states never share one, and none is in another's.
 */
export type StatePrefix = string;
/**
 * Who somebody is: `github:NAME`, `gitlab:NAME`, `azure:E-MAIL`, `ssh:PRINCIPAL` (by a signed approval), `local:USER`, or `ci:schedule` for runs that a schedule starts.
 */
export type Identity = string;
/**
 * How to reach an account at a destination.
 */
export type Connection = BrevoConnection | SendgridConnection | FileConnection;
/**
 * A name for people, shown in plans and reports.
 */
export type DisplayName = string;
/**
 * Who may use this connection in exports.
 */
export type UsableBy = "admins" | "contributors";
/**
 * The name of a segment.
 */
export type SegmentName = string;
/**
 * Segments whose people are never sent to this connection.
 */
export type ConnectionSuppressions = SegmentName[];
/**
 * Address of the vendor's API, for a proxy or the sandbox.
 */
export type BaseUrl = string;
/**
 * Where customer profiles live.
 */
export type Source = FilesSource | DuckdbSource | PostgresSource | CommandSource | CdmSource;
/**
 * One file or glob, or a list of them, relative to this config file. One that matches nothing is an error.
 */
export type Paths = string | [string, ...string[]];
/**
 * What the column holds. A timestamp is a day with a time.
 */
export type ColumnType = "text" | "number" | "date" | "timestamp" | "boolean";
/**
 * Fewer rows than this means that the source is incomplete, and every export that reads it stops.
 */
export type MinimumRows = number;
/**
 * How old the data may be when an export is sent: the time since its newest file was written, or since the newest value of a column. Exports that read older data are refused by the check `freshness`.
 */
export type MaxAge = Duration | MeasuredAge;
/**
 * A whole number with s, m, h or d.
 */
export type Duration = string;
/**
 * Five cron fields.
 */
export type Cron = string;
/**
 * The list: its id, or its name.
 */
export type ListTarget = number | string | List;
/**
 * What an empty value does at the destination: `leave` what is stored there, or `clear` it.
 */
export type Nulls = "leave" | "clear";
/**
 * When `apply --due` and `serve` run the export. By default as the config's `schedule` says; `manual` (or `off`) is never.
 */
export type ExportSchedule = string | Schedule1;
/**
 * Refuse to empty this export's list. Recorded with the next apply; only `protect: false` lifts it again, in a run of its own.
 */
export type Protect = boolean;
/**
 * Where notices go.
 */
export type Notifier = SlackNotifier | WebhookNotifier | SmtpNotifier;
/**
 * What is told.
 *
 * @minItems 1
 */
export type NoticeEvents = [
  "failure" | "refusal" | "drift" | "recovery",
  ...("failure" | "refusal" | "drift" | "recovery")[]
];
/**
 * Only these exports, besides what concerns a whole run. All of them without.
 *
 * @minItems 1
 *
 * Items: The name of an export.
 */
export type NoticeExports = [string, ...string[]];
/**
 * How much of what an import delivered is read back to prove it.
 */
export type ReadBack = "all" | ReadBackSample;
/**
 * What a scheduled run does when a source is older than its `maxAge`: leave this time out, or look again until the data is there.
 */
export type WhenStale = ("skip" | "wait") | StaleWait;

/**
 * Which customer segments belong on which contact lists.
 */
export interface ConfigFile {
  /**
   * Version of the config format. Always 1.
   */
  version: 1;
  /**
   * More config files, as globs relative to this file. They hold the same sections and are merged; a name that is defined twice is an error, and so is a glob that matches nothing.
   *
   * @minItems 1
   *
   * Items: A glob, relative to this file.
   */
  include?: [string, ...string[]];
  /**
   * Modules with destinations, sources and notifiers of your own, whose types connections, sources and notifiers may have. They are code and are run whenever the config is read, but for `fmt`; `--untrusted` refuses them. Only the root file may have it.
   *
   * @minItems 1
   *
   * Items: A module, relative to this file, or a package.
   */
  plugins?: [string, ...string[]];
  /**
   * IANA time zone in which dates and times are read and compared.
   */
  timezone?: string;
  state?: State;
  /**
   * What `rollcall forget` needs to hold people back whose addresses it no longer keeps.
   */
  forget?: {
    key: SecretReference9;
  };
  /**
   * Folders and files outside the project folder that the config may name. Without it, whatever the config names has to lie in the folder of the root file or below. Only in the root file.
   *
   * Items: A folder or file, absolute or relative to this file.
   */
  allowPaths?: string[];
  sql?: SqlLimits;
  approvals?: Approvals;
  roles?: Roles;
  /**
   * Rules over a whole plan, by name. `plan` shows which are violated, `apply` evaluates them again on what it is about to send.
   */
  policies?: {
    [k: string]: Policy;
  };
  /**
   * Accounts at destinations, by name.
   */
  connections?: {
    [k: string]: Connection;
  };
  /**
   * Where customer profiles live, by name. In SQL each source is a table of that name.
   */
  sources?: {
    [k: string]: Source;
  };
  /**
   * Named sets of profiles. In SQL each segment is a table of that name.
   */
  segments?: {
    [k: string]: Segment;
  };
  /**
   * Segments whose people are never sent anywhere; members that we added are removed in every mode.
   */
  suppressions?: SegmentName[];
  schedule?: Schedule;
  /**
   * Which segments go to which list, by name.
   */
  exports?: {
    [k: string]: Export;
  };
  /**
   * Exports that got another name or another list. A block may stay after it was carried out.
   */
  moved?: Moved[];
  /**
   * Exports that are no longer in `exports`, and what becomes of the people on their lists. A block may stay after it was carried out.
   */
  removed?: Removed[];
  /**
   * Who is told when the condition of an export changes, by name.
   */
  notifiers?: {
    [k: string]: Notifier;
  };
  /**
   * Environments, such as staging and production, by name: each says what it has otherwise than the rest of the config. A command then needs `--env NAME`, and each environment has a state of its own.
   */
  environments?: {
    [k: string]: Environment;
  };
}
/**
 * State in a folder of this machine.
 */
export interface LocalState {
  /**
   * Kind of store. May be left out.
   */
  type?: "local";
  /**
   * Folder of the state, relative to this file.
   */
  path?: string;
  encryption?: StateEncryption;
  retention?: StateRetention;
  /**
   * How long an account stays locked after the last sign of life of the run that holds it.
   */
  lockTtl?: string;
}
/**
 * The keys that state is encrypted with.
 */
export interface StateKeys {
  key: SecretReference;
  /**
   * Keys that were used before, until `rollcall state rekey` has run.
   */
  previousKeys?: SecretReference1[];
}
/**
 * Where the key is: 32 bytes in base64 or hex. `rollcall state new-key` makes one.
 */
export interface SecretReference {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference1 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * How long state keeps what nothing refers to any more. Apply deletes it, at most once a day; so does `rollcall state gc`.
 */
export interface StateRetention {
  /**
   * Ledgers and opt-outs that newer ones have replaced.
   */
  unreferenced?: string;
  /**
   * Journals, change sets and records of runs that have ended, and change sets of saved plans.
   */
  history?: string;
}
/**
 * State in a container of Azure Blob Storage.
 */
export interface AzureBlobState {
  /**
   * Kind of store.
   */
  type: "azureBlob";
  /**
   * Address of the storage account. Needed unless there is a `connectionString`.
   */
  account?: string;
  /**
   * Name of the container, which has to be there.
   */
  container: string;
  prefix?: StatePrefix;
  connectionString?: SecretReference2;
  accountKey?: SecretReference3;
  sasToken?: SecretReference4;
  encryption?: StateEncryption;
  retention?: StateRetention;
  /**
   * How long an account stays locked after the last sign of life of the run that holds it.
   */
  lockTtl?: string;
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference2 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference3 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference4 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * State in a bucket of S3 or of a service that speaks its language and keeps conditional writes.
 */
export interface S3State {
  /**
   * Kind of store.
   */
  type: "s3";
  /**
   * Name of the bucket, which has to be there.
   */
  bucket: string;
  prefix?: StatePrefix;
  /**
   * Region of the bucket. Without it the AWS SDK's own settings count.
   */
  region?: string;
  /**
   * Address of another service than Amazon's.
   */
  endpoint?: string;
  /**
   * Whether the bucket is in the path of addresses instead of the host.
   */
  forcePathStyle?: boolean;
  accessKeyId?: SecretReference5;
  secretAccessKey?: SecretReference6;
  sessionToken?: SecretReference7;
  encryption?: StateEncryption;
  retention?: StateRetention;
  /**
   * How long an account stays locked after the last sign of life of the run that holds it.
   */
  lockTtl?: string;
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference5 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference6 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference7 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * State in tables of a PostgreSQL database, version 12 or newer.
 */
export interface PostgresState {
  /**
   * Kind of store.
   */
  type: "postgres";
  url: SecretReference8;
  /**
   * The database schema that holds the tables.
   */
  schema?: string;
  /**
   * Tells the states of one schema apart.
   */
  name?: string;
  encryption?: StateEncryption;
  retention?: StateRetention;
  /**
   * How long an account stays locked after the last sign of life of the run that holds it.
   */
  lockTtl?: string;
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference8 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference9 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * What the SQL of segments, attributes and sources may use up. A query that goes past a limit is stopped, and its export fails.
 */
export interface SqlLimits {
  /**
   * The longest that one query may take.
   */
  timeout?: string;
  /**
   * The longest that all queries of a run may take together. What is left fails without being begun.
   */
  totalTimeout?: string;
  /**
   * Memory of each of the engine's two databases. Past it queries go on in temporary files. Default: an eighth of the memory that the machine or the container has, at least `800MB` and at most `4096MB`, but never more than a quarter.
   */
  memory?: string;
  /**
   * Threads of the engine where there is much data; little is read with one. Each takes memory. Default: as many as the machine runs at once, one for each 400 MB of `memory`.
   */
  threads?: number;
  /**
   * The most that such temporary files may hold together.
   */
  disk?: string;
}
/**
 * Who may approve plans, and how long plans and approvals last. Policies say when an approval is needed.
 */
export interface Approvals {
  /**
   * File of the SSH keys that approvals are signed with, in the form of `ssh-keygen`: a line per key, with the person's principal first. Relative to this file.
   */
  allowedSigners?: string;
  /**
   * Principals by the name of their group.
   */
  groups?: {
    /**
     * @minItems 1
     */
    [k: string]: [string, ...string[]];
  };
  /**
   * What else a principal is called: identities in CI systems and addresses in commits. Nobody approves a plan that is theirs under any of these names.
   */
  identities?: {
    [k: string]: string[];
  };
  /**
   * How long an approval holds.
   */
  maxAge?: string;
  /**
   * How long a saved plan may be applied.
   */
  maxPlanAge?: string;
  tolerance?: Limit;
}
/**
 * How much more than approved `apply --expect-digest` may do to one export, for each of add, change and remove: this many people or this share of the approved count, whichever is more.
 */
export interface Limit {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * Who may use which connections. Without it everybody may use all of them. Whoever has no role may use none.
 */
export interface Roles {
  /**
   * May use every connection.
   */
  admins?: Identity[];
  /**
   * May use the connections with `usableBy: contributors`.
   */
  contributors?: Identity[];
}
/**
 * A rule over a whole plan.
 */
export interface Policy {
  /**
   * Why there is this rule, for those who read the config.
   */
  description?: string;
  /**
   * `advisory` warns; `mandatory` makes apply refuse everything but withdrawals.
   */
  level: "advisory" | "mandatory";
  /**
   * When the policy is violated: a condition in CEL over `plan`, `environment`, `actor` and `now`. One that cannot be evaluated counts as violated.
   */
  deny: string;
  /**
   * What people read when it is violated.
   */
  message: string;
  approvals?: PolicyApprovals;
}
/**
 * Approvals of the plan with which a mandatory policy may be violated. Without it nobody may let it pass.
 */
export interface PolicyApprovals {
  /**
   * A name: letters, digits, `_` and `-`, starting with a letter.
   */
  from: string;
  /**
   * How many different people have to approve.
   */
  count?: number;
}
/**
 * An account at Brevo (formerly Sendinblue).
 */
export interface BrevoConnection {
  /**
   * Kind of destination. `sendinblue` means `brevo`.
   */
  type: "brevo" | "sendinblue";
  displayName?: DisplayName;
  dataPrivacy?: DataPrivacy;
  usableBy?: UsableBy;
  suppressions?: ConnectionSuppressions;
  apiKey: SecretReference1;
  contract?: Contract;
  baseUrl?: BaseUrl;
  optOuts?: OptOuts;
  /**
   * How long one request may take; also how long a request of a run that died counts as under way, and how long one that is refused because of the rate limit is waited for in all (75s at most). By default 60s (Brevo) or 120s (SendGrid).
   */
  requestTimeout?: string;
  /**
   * How long a job at the destination is waited for before its outcome counts as unknown.
   */
  jobTimeout?: string;
  /**
   * The vendor's rate-limit tier of the account. `none` only for a sandbox.
   */
  rateLimits?: "general" | "advanced" | "extended" | "none";
  /**
   * How contacts travel in imports. By default CSV when a boolean is mapped, else JSON.
   */
  importFormat?: "json" | "csv";
  /**
   * How attributes with `nulls: clear` are cleared: by a request a person, or by the import that carries the person. An import is quicker, and may clear attributes as well that are not mapped: choose it once a trial on your account showed that it does not.
   */
  clears?: "request" | "import";
}
/**
 * Who agreed, and when, that personal data may be sent to this destination. Without it nothing is sent.
 */
export interface DataPrivacy {
  /**
   * Whether personal data may be sent to this destination.
   */
  agreed: boolean;
  /**
   * Who agreed.
   */
  by: string;
  /**
   * The day of the agreement.
   */
  on: string;
  /**
   * Version of the text that was agreed to: the one that Rollcall ships (`rollcall connections consent` prints it), or the name of a text of your own.
   */
  text?: string;
}
/**
 * What the contract with the vendor allows. Replaces the default limit.
 */
export interface Contract {
  /**
   * Number of contacts the contract allows.
   */
  contacts: number;
}
/**
 * How opt-outs at the destination are read.
 */
export interface OptOuts {
  /**
   * How old the last read of opt-outs may be when somebody is added or updated; past a minute they are read again in any case.
   */
  maxAge?: string;
}
/**
 * An account at SendGrid.
 */
export interface SendgridConnection {
  /**
   * Kind of destination.
   */
  type: "sendgrid";
  displayName?: DisplayName;
  dataPrivacy?: DataPrivacy;
  usableBy?: UsableBy;
  suppressions?: ConnectionSuppressions;
  apiKey: SecretReference1;
  contract?: Contract;
  baseUrl?: BaseUrl;
  optOuts?: OptOuts;
  /**
   * How long one request may take; also how long a request of a run that died counts as under way, and how long one that is refused because of the rate limit is waited for in all (75s at most). By default 60s (Brevo) or 120s (SendGrid).
   */
  requestTimeout?: string;
  /**
   * How long a job at the destination is waited for before its outcome counts as unknown.
   */
  jobTimeout?: string;
  /**
   * Whether the vendor's rate limits are kept. `none` only for a sandbox.
   */
  rateLimits?: "standard" | "none";
  /**
   * Unsubscribe groups whose members count as opted out, besides global unsubscribes, bounces and spam reports.
   */
  unsubscribeGroups?: number[];
  /**
   * User name of the subuser whose account this is, when the key is of the parent account.
   */
  subuser?: string;
  /**
   * The account's user id. It is needed when the key lacks the scope `user.username.read`; with that scope a key of another account is refused.
   */
  accountId?: number;
}
/**
 * A folder in which each list is a CSV file.
 */
export interface FileConnection {
  /**
   * Kind of destination.
   */
  type: "file";
  displayName?: DisplayName;
  dataPrivacy?: DataPrivacy;
  usableBy?: UsableBy;
  suppressions?: ConnectionSuppressions;
  /**
   * The folder, relative to this config file.
   */
  path: string;
}
/**
 * Profiles in files: CSV, TSV, JSON Lines or Parquet; the text formats also compressed with gzip or zstd.
 */
export interface FilesSource {
  /**
   * Kind of source.
   */
  type: "files";
  path: Paths;
  /**
   * Format of the files; `json` is one array of objects. By default told by their names.
   */
  format?: "csv" | "tsv" | "jsonl" | "json" | "parquet";
  /**
   * The character between the columns of a CSV. By default found out for each file by its header, or by a line such as `sep=;` before it.
   */
  delimiter?: string;
  /**
   * Whether the files of a source may differ in their columns; a column that a file lacks is empty in its rows. By default such a file is an error: people in it would lose their address, or what they said of consent.
   */
  columnsMayDiffer?: boolean;
  /**
   * Whether the first line of a CSV names the columns, as it does by default. With `false`, `columnNames` names them. A header that looks like data is refused unless this says `true`.
   */
  header?: boolean;
  /**
   * The columns of CSV files without a header (`header: false`), in order.
   *
   * @minItems 1
   */
  columnNames?: [string, ...string[]];
  /**
   * Words that mean an empty value in a CSV, exactly as written, quoted or not.
   */
  nullValues?: string[];
  /**
   * Encoding of CSV files. UTF-8 by default; what Excel saves as CSV in western Europe is commonly windows-1252.
   */
  encoding?: "UTF-8" | "UTF-16" | "windows-1252" | "latin1";
  /**
   * Whether the last line of a CSV has to have a line end, as it has by default: without one, the file may be cut off within its last value. Google Sheets leaves it out: say `optional` there.
   */
  finalNewline?: "required" | "optional";
  columns?: Columns;
  minimumRows?: MinimumRows;
  maxAge?: MaxAge;
}
/**
 * What columns hold, by column name. Columns that are not listed get the type that their values suggest.
 */
export interface Columns {
  /**
   * The type of a column, or a declaration written out.
   */
  [k: string]: ColumnType | ColumnDeclaration;
}
/**
 * What a column holds, and how it is written there.
 */
export interface ColumnDeclaration {
  type: ColumnType;
  /**
   * For a date or a timestamp: how it is written, where that is not `2026-11-30`: the day (`%d`), the month (`%m`) and the year in four digits (`%Y`); of a timestamp, the time as well (`%H:%M` or `%H:%M:%S`).
   */
  format?: string;
  /**
   * For a number: what stands before its decimals. With a comma, a number with a point does not fit. Without `decimal` it is a point.
   */
  decimal?: "," | ".";
}
/**
 * An age that is measured in the data.
 */
export interface MeasuredAge {
  /**
   * A whole number with s, m, h or d.
   */
  maxAge: string;
  /**
   * A column of dates or timestamps that says when a row was written.
   */
  column: string;
}
/**
 * Profiles in a DuckDB database file, which is opened read-only.
 */
export interface DuckdbSource {
  /**
   * Kind of source.
   */
  type: "duckdb";
  /**
   * The database file, relative to this config file.
   */
  path: string;
  /**
   * The table or view that holds the profiles.
   */
  table?: string;
  /**
   * One SELECT that gives the profiles.
   */
  sql?: string;
  columns?: Columns;
  minimumRows?: MinimumRows;
  maxAge?: MaxAge;
}
/**
 * Profiles in a PostgreSQL database, or one that speaks its protocol. Needs the packages `pg` and `pg-copy-streams`. Sources of one database are read in one transaction, so that they fit together.
 */
export interface PostgresSource {
  /**
   * Kind of source.
   */
  type: "postgres";
  url: SecretReference10;
  /**
   * The table or view that holds the profiles, with its schema where that is not on the search path.
   */
  table?: string;
  /**
   * One SELECT, in the words of the database, that gives the profiles.
   */
  query?: string;
  /**
   * A whole number with s, m, h or d.
   */
  statementTimeout?: string;
  columns?: Columns;
  minimumRows?: MinimumRows;
  maxAge?: MaxAge;
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference10 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * Profiles that a program prints or writes to a file: the client of a warehouse, or a script. It is started without a shell, in the folder of this config file, once for all exports of a run. `--untrusted` never starts it.
 */
export interface CommandSource {
  /**
   * Kind of source.
   */
  type: "command";
  /**
   * The program and its arguments. Its standard output holds the rows, or the file that it writes where an argument has `{output}`. It has to end with exit code 0. Every user of the machine can read arguments while it runs, and plans keep them: no secret belongs here.
   *
   * @minItems 1
   */
  command: [string, ...string[]];
  /**
   * How the rows are written; `json` is one array of objects.
   */
  format: "csv" | "tsv" | "jsonl" | "json" | "parquet";
  /**
   * How the last line of the output is written where it tells how many rows there are, with `{rows}` for the number. It has to be there and to be right, and is no row.
   */
  trailer?: string;
  /**
   * A program and arguments whose last line is the number of rows. It runs before and after `command`, and both times has to say what arrived.
   *
   * @minItems 1
   */
  countCommand?: [string, ...string[]];
  /**
   * Environment variables that both programs see, by their names, such as those with their key. Besides these they see only what programs need to run at all: PATH, HOME, the language, the time zone and proxies, and none of Rollcall's own keys.
   */
  passEnv?: string[];
  /**
   * A whole number with s, m, h or d.
   */
  timeout?: string;
  /**
   * The character between the columns of a CSV. By default found out for each file by its header, or by a line such as `sep=;` before it.
   */
  delimiter?: string;
  /**
   * Whether the first line of a CSV names the columns, as it does by default. With `false`, `columnNames` names them. A header that looks like data is refused unless this says `true`.
   */
  header?: boolean;
  /**
   * The columns of CSV files without a header (`header: false`), in order.
   *
   * @minItems 1
   */
  columnNames?: [string, ...string[]];
  /**
   * Words that mean an empty value in a CSV, exactly as written, quoted or not.
   */
  nullValues?: string[];
  /**
   * Encoding of CSV files. UTF-8 by default; what Excel saves as CSV in western Europe is commonly windows-1252.
   */
  encoding?: "UTF-8" | "UTF-16" | "windows-1252" | "latin1";
  /**
   * Whether the last line of a CSV has to have a line end, as it has by default: without one, the file may be cut off within its last value. Google Sheets leaves it out: say `optional` there.
   */
  finalNewline?: "required" | "optional";
  columns?: Columns;
  minimumRows?: MinimumRows;
  maxAge?: MaxAge;
}
/**
 * Profiles in a Common Data Model folder, as Dynamics 365 Customer Insights, Azure Synapse Link and Power BI dataflows write them: `model.json` or a `.manifest.cdm.json`, and the CSV or Parquet files that it names.
 */
export interface CdmSource {
  /**
   * Kind of source.
   */
  type: "cdm";
  /**
   * The `model.json` or `.manifest.cdm.json`, or the folder that it is in, relative to this config file.
   */
  path: string;
  /**
   * The table that holds the profiles, as that file calls it.
   */
  entity: string;
  /**
   * Whether the last line of a CSV file has to have a line end: without one, the file may be cut off within its last value.
   */
  finalNewline?: "required" | "optional";
  columns?: Columns;
  minimumRows?: MinimumRows;
  maxAge?: MaxAge;
}
/**
 * A named set of profiles: a condition over a source, SQL, or a file of addresses.
 */
export interface Segment {
  /**
   * The source whose profiles are taken.
   */
  source?: string;
  /**
   * SQL condition over the columns of the source. Without it all profiles are taken.
   */
  where?: string;
  /**
   * One SELECT over sources and other segments, which are tables.
   */
  sql?: string;
  /**
   * File with one SELECT, relative to this config file.
   */
  sqlFile?: string;
  /**
   * File of e-mail addresses, one a line or a CSV, relative to this config file.
   */
  addresses?: string;
  /**
   * The column of the CSV that holds the addresses.
   */
  column?: string;
  /**
   * Encoding of the file of addresses. UTF-8 by default; Excel writes windows-1252 as CSV in western Europe, and UTF-16 as Unicode text.
   */
  encoding?: "UTF-8" | "UTF-16" | "windows-1252" | "latin1";
  /**
   * Whether the last line of the file of addresses has to have a line end, as it has by default: without one, the file may be cut off within its last address, and whoever it is of would be held back no more.
   */
  finalNewline?: "required" | "optional";
  /**
   * SQL that ranks the profiles of one address; the first one wins.
   */
  orderBy?: string;
  /**
   * Segments whose addresses are taken out.
   */
  exclude?: SegmentName[];
  /**
   * Column (or SQL expression) that holds the address where this segment excludes or suppresses people.
   */
  email?: string;
  /**
   * Where this segment excludes or suppresses people: let it name nobody. Otherwise that is refused, because a list that was emptied by mistake lets everybody through.
   */
  allowEmpty?: boolean;
}
/**
 * When exports run that say nothing else.
 */
export interface Schedule {
  /**
   * Five cron fields, or a list of such, 100 at most: minute, hour, day of month, month, day of week.
   */
  cron: Cron | [Cron, ...Cron[]];
  /**
   * IANA time zone of the schedule. By default that of the config.
   */
  timezone?: string;
}
/**
 * Keeps one list at one destination in step with segments.
 */
export interface Export {
  displayName?: DisplayName;
  /**
   * The name of the connection; `null` keeps the export without one, detached: nobody is added, updated or removed.
   */
  connection: string | null;
  /**
   * What happens when its connection is no longer in the config: `error`, the config is not valid; `detach`, the export is kept and inactive until it has a connection again.
   */
  whenDisconnected?: "error" | "detach";
  list: ListTarget;
  /**
   * Segments in order: the first that holds an address decides its attributes.
   *
   * @minItems 1
   */
  segments: [SegmentName, ...SegmentName[]];
  match: Match;
  /**
   * Who may be sent: a column or an SQL condition that says yes (`true`, `yes`, `y`, `t` or `1`) of them, or a column and its values that mean yes. Everybody else is held back. `false`, `no`, `n`, `f` and `0` mean no; any other text counts as no and is reported, and other numbers are refused.
   */
  consent?: string | ConsentValues;
  /**
   * `add-only` adds people, `upsert` also updates them, `mirror` also removes those who left the segments.
   */
  mode?: "add-only" | "upsert" | "mirror";
  /**
   * Values sent with each contact, by plain name or by the destination's own field name.
   */
  attributes?: {
    /**
     * A column of the profile, or an attribute written out.
     */
    [k: string]: string | Attribute;
  };
  /**
   * Create fields that the destination does not have yet. The default of all attributes.
   */
  createMissing?: boolean;
  /**
   * What an empty value does at the destination: `leave` what is stored there, or `clear` it.
   */
  nulls?: "leave" | "clear";
  /**
   * How much of what an import delivered is read back to prove it.
   */
  readBack?: "all" | ReadBackSample;
  schedule?: ExportSchedule;
  /**
   * What a scheduled run does when a source is older than its `maxAge`: leave this time out, or look again until the data is there.
   */
  whenStale?: ("skip" | "wait") | StaleWait;
  drift?: Drift;
  /**
   * What becomes of members that no export claims, once they are recorded by the first run or by `drift --record`: only reported, taken over as ours, or (mirror only) taken off the list.
   */
  strangers?: "report" | "adopt" | "remove";
  safeguards?: Safeguards;
  protect?: Protect;
}
/**
 * A list by its id or by its name.
 */
export interface List {
  /**
   * The list's id.
   */
  id?: number | string;
  /**
   * The list's name.
   */
  name?: string;
  /**
   * Create the list when there is none of this name.
   */
  create?: boolean;
  /**
   * Folder in which the list is created (Brevo).
   */
  folder?: string;
}
/**
 * How a profile is tied to a contact.
 */
export interface Match {
  /**
   * Column (or SQL expression) that holds the e-mail address.
   */
  email: string;
  /**
   * Column (or SQL expression) that tells people apart even when their address changes.
   */
  id?: string;
}
/**
 * A column, and those of its values that mean consent.
 */
export interface ConsentValues {
  /**
   * The column that says who consents.
   */
  column: string;
  /**
   * Values that mean yes, as the source writes them; every other value means no.
   *
   * @minItems 1
   */
  is: [string | number | boolean, ...(string | number | boolean)[]];
}
/**
 * One value sent with each contact.
 */
export interface Attribute {
  /**
   * Column that holds the value.
   */
  column?: string;
  /**
   * SQL expression for the value.
   */
  sql?: string;
  /**
   * The same value for everybody.
   */
  constant?: string | number | boolean;
  /**
   * What the value is. By default the type of the destination's field.
   */
  type?: "text" | "number" | "date" | "boolean" | "choice" | "phone";
  nulls?: Nulls;
  /**
   * Create the field when the destination does not have it yet.
   */
  createMissing?: boolean;
  /**
   * Labels that a `choice` may take. By default those of the destination's field.
   *
   * @minItems 1
   *
   * Items: A label.
   */
  choices?: [string, ...string[]];
  /**
   * For a date: how it is written, where that is not `2026-11-30`: the day (`%d`), the month (`%m`) and the year in four digits (`%Y`).
   */
  format?: string;
  /**
   * For a number: what stands before its decimals. With a comma, a number with a point is not sent. Without `decimal` it is a point; a number such as `1.234` is then not sent where the column has decimal commas, too, as it may be a thousand.
   */
  decimal?: "," | ".";
  /**
   * For a phone: column with the country of a number without country code.
   */
  countryColumn?: string;
  /**
   * For a phone: country (ISO 3166, two letters) of a number without country code.
   */
  defaultCountry?: string;
  /**
   * For a phone: `sms` makes it Brevo's SMS number.
   */
  as?: "text" | "sms";
}
/**
 * A sample is read back.
 */
export interface ReadBackSample {
  /**
   * Rows of each batch that are read back.
   */
  sample: number;
}
/**
 * When `apply --due` and `serve` run an export.
 */
export interface Schedule1 {
  /**
   * Five cron fields, or a list of such, 100 at most: minute, hour, day of month, month, day of week.
   */
  cron: Cron | [Cron, ...Cron[]];
  /**
   * IANA time zone of the schedule. By default that of the config.
   */
  timezone?: string;
}
/**
 * How long a scheduled run waits for fresh data.
 */
export interface StaleWait {
  /**
   * A whole number with s, m, h or d.
   */
  wait: string;
}
/**
 * What the next plan does about changes that others made at the destination, once `drift --record` has recorded them.
 */
export interface Drift {
  /**
   * People whom somebody took off the list: `respect` leaves them off, `restore` adds them again unless they opted out.
   */
  removed?: "respect" | "restore";
  /**
   * Values of our attributes that somebody changed: `restore` sends ours again, `keep` leaves them until the profile changes.
   */
  values?: "restore" | "keep";
}
/**
 * Limits that stop an export before it does harm.
 */
export interface Safeguards {
  /**
   * Most people that the export may send. By default the destination's limit.
   */
  maxProfiles?: number;
  maxRemovals?: Limit1;
  maxWithdrawals?: Limit2;
  maxAdds?: Limit3;
  maxRejected?: Limit4;
  maxStrangerRemovals?: Limit5;
  /**
   * Fewer source rows than this stop the export.
   */
  minSourceRows?: number;
  /**
   * Let the segments fall to nobody, which removes everybody.
   */
  allowEmpty?: boolean;
}
/**
 * Most people that one run may remove. By default 30% of the delivered members, once there are ten of them; `share: 100%` lifts that. Past it, only those who withdrew are removed.
 */
export interface Limit1 {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * Most people that one run may remove because of consent or suppression. By default half of the delivered members, once there are ten of them.
 */
export interface Limit2 {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * Most people that one run may add. By default no limit.
 */
export interface Limit3 {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * Most people whom the destination may reject in one run of those whom it adds and updates, as a number or as a share of these, once they are ten. Who is gone at the destination counts no more than a removal that it refuses. Past the limit the export stops there. By default no limit.
 */
export interface Limit4 {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * Most members that no export claims and that one run may take off the list under `strangers: remove`. By default none.
 */
export interface Limit5 {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * An export that got another name (`from`, `to`), or another list (`export`, `fromList`, `toList`, `oldMembers`).
 */
export interface Moved {
  /**
   * The name that the export had.
   */
  from?: string;
  /**
   * The name that it has now.
   */
  to?: string;
  /**
   * The export that goes to another list.
   */
  export?: string;
  /**
   * Id (or name) of the list that it went to.
   */
  fromList?: number | string;
  /**
   * Id (or name) of the list that it goes to now, as in the export.
   */
  toList?: number | string;
  /**
   * What becomes of the people on the old list: `keep` leaves them there, `remove` takes off those whom Rollcall added.
   */
  oldMembers?: "keep" | "remove";
  maxRemovals?: Limit6;
}
/**
 * Most people that one run may take off the old list. By default what the export allows.
 */
export interface Limit6 {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * An export that is no longer wanted.
 */
export interface Removed {
  /**
   * The name that it had.
   */
  export: string;
  /**
   * What becomes of the people on its list: `keep` leaves them there and forgets them, `remove` takes off those whom Rollcall added.
   */
  members: "keep" | "remove";
  maxRemovals?: Limit7;
}
/**
 * Most people that one run may take off its list. By default what the export allowed when it was last applied.
 */
export interface Limit7 {
  /**
   * As a number of people.
   */
  count?: number;
  /**
   * As a percentage of the delivered members.
   */
  share?: string;
}
/**
 * An incoming webhook of Slack, or of something that takes the same messages (Mattermost, Rocket.Chat …).
 */
export interface SlackNotifier {
  /**
   * Kind of notifier.
   */
  type: "slack";
  on?: NoticeEvents;
  exports?: NoticeExports;
  url: SecretReference11;
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference11 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * An HTTP endpoint that takes signed JSON, as Standard Webhooks says.
 */
export interface WebhookNotifier {
  /**
   * Kind of notifier.
   */
  type: "webhook";
  on?: NoticeEvents;
  exports?: NoticeExports;
  /**
   * The address, https or to this machine; a reference where the address itself is a secret.
   */
  url: string | SecretReference1;
  signingSecret: SecretReference12;
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference12 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * E-mail over SMTP.
 */
export interface SmtpNotifier {
  /**
   * Kind of notifier.
   */
  type: "smtp";
  on?: NoticeEvents;
  exports?: NoticeExports;
  /**
   * The mail server.
   */
  host: string;
  /**
   * Its port. By default 587 with `starttls`, 465 with `tls`, 25 with `none`.
   */
  port?: number;
  /**
   * How the connection is encrypted: by a STARTTLS that must succeed, from its first byte, or not at all, which is only allowed to this machine.
   */
  security?: "starttls" | "tls" | "none";
  /**
   * Name to sign in with.
   */
  user?: string;
  password?: SecretReference13;
  /**
   * Address that notices come from.
   */
  from: string;
  /**
   * Addresses that notices go to.
   *
   * @minItems 1
   *
   * Items: An address.
   */
  to: [string, ...string[]];
}
/**
 * Where the secret is found. The secret itself never is in the config.
 */
export interface SecretReference13 {
  /**
   * Name of the environment variable that holds the secret.
   */
  env?: string;
  /**
   * File that holds the secret and nothing else, relative to this config file. Outside the project folder it has to be allowed in `allowPaths`.
   */
  file?: string;
  /**
   * Program that prints the secret, with its arguments. It runs without a shell.
   *
   * @minItems 1
   *
   * Items: The program, then one argument each.
   */
  command?: [string, ...string[]];
}
/**
 * What an environment has otherwise. Mappings are merged key by key; lists, single values, secrets, `dataPrivacy` and `list` take the place of what was there. What is named must be in the config itself.
 */
export interface Environment {
  state?: StateOverlay;
  /**
   * The key of this environment, in the place of the one in `forget`.
   */
  forget?: {
    key: SecretReference1;
  };
  sql?: SqlLimits;
  schedule?: Schedule2;
  /**
   * What connections have otherwise, by name.
   */
  connections?: {
    [k: string]: ConnectionOverlay;
  };
  /**
   * Where sources have their data, by name.
   */
  sources?: {
    [k: string]: SourceOverlay;
  };
  /**
   * What exports have otherwise, by name.
   */
  exports?: {
    [k: string]: ExportOverlay;
  };
  /**
   * What notifiers have otherwise, by name.
   */
  notifiers?: {
    [k: string]: NotifierOverlay;
  };
  /**
   * More blocks of `moved`, for lists that only this environment has.
   */
  moved?: Moved[];
  /**
   * More blocks of `removed`.
   */
  removed?: Removed[];
}
/**
 * Keys of `state`. Without a place of its own the state is inside that of the config, under the name of the environment.
 */
export interface StateOverlay {
  [k: string]: unknown;
}
/**
 * When `apply --due` and `serve` run an export.
 */
export interface Schedule2 {
  /**
   * Five cron fields, or a list of such, 100 at most: minute, hour, day of month, month, day of week.
   */
  cron: Cron | [Cron, ...Cron[]];
  /**
   * IANA time zone of the schedule. By default that of the config.
   */
  timezone?: string;
}
/**
 * Any keys of the connection but `type`.
 */
export interface ConnectionOverlay {
  [k: string]: unknown;
}
/**
 * Where a source has its data in an environment; its shape is the same everywhere.
 */
export interface SourceOverlay {
  path?: Paths;
  minimumRows?: MinimumRows;
  maxAge?: MaxAge;
}
/**
 * What an export has otherwise in an environment. Whom it sends what is the same everywhere.
 */
export interface ExportOverlay {
  /**
   * `false` leaves the export out of this environment.
   */
  enabled?: boolean;
  displayName?: DisplayName;
  list?: ListTarget;
  readBack?: ReadBack;
  schedule?: ExportSchedule;
  whenStale?: WhenStale;
  drift?: Drift;
  safeguards?: Safeguards;
  protect?: Protect;
}
/**
 * Any keys of the notifier but `type`.
 */
export interface NotifierOverlay {
  [k: string]: unknown;
}
