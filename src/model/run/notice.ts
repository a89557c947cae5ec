/** What people can be told of. */
export type NoticeEvent = "failure" | "refusal" | "drift" | "recovery";

/** How an export is, or a whole run, as far as people have to know. */
export type Condition = "ok" | "failed" | "refused" | "drifted";

/** One message to one notifier: every condition that changed in a run. Holds no address in the clear and no secret. */
export interface Notice {
  /** Stays the same when the same is told again, because nobody knows whether it arrived. */
  readonly id: string;
  /** A `test` has no changes. */
  readonly type: "changes" | "test";
  /** ISO. */
  readonly at: string;
  readonly tool: string;
  readonly environment: string | undefined;
  readonly run: {
    readonly command: "apply" | "drift" | "notify test";
    /** Undefined where no run came about. */
    readonly id: string | undefined;
    readonly actor: string;
    /** The run's page in the CI system. */
    readonly url: string | undefined;
  };
  readonly changes: readonly NoticeChange[];
}

/** The condition of one export, or of the run as a whole, is another than the one that was told last. */
export interface NoticeChange {
  readonly event: NoticeEvent;
  readonly condition: Condition;
  readonly before: Condition;
  /** Undefined: the run as a whole. */
  readonly export: NoticeExport | undefined;
  /** Kind of the failure; see `FailureKind`. */
  readonly kind: string | undefined;
  /** Checks that failed. */
  readonly checks: readonly string[];
  readonly message: string;
  /** What to do next. */
  readonly hint: string | undefined;
  /** By what they count, without those that are zero. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface NoticeExport {
  readonly name: string;
  readonly displayName: string | undefined;
  readonly connection: string | undefined;
  readonly connectionDisplayName: string | undefined;
}
