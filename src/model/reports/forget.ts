/** Something that several people have: a list or a field. */
export interface Shared {
  readonly id: string;
  readonly name: string;
  readonly people: number;
}

/** How one account stands with people who are to be forgotten. */
export interface ForgetAccount {
  /** `<type>:<the vendor's own id>`; undefined when the connection could not even say that. */
  readonly account: string | undefined;
  readonly connection: string | undefined;
  /** Contacts that the destination has of them. */
  readonly contacts: number;
  /** Of these, contacts with a blocklist flag; undefined where opt-outs are kept apart from contacts. */
  readonly blocklisted: number | undefined;
  readonly lists: readonly Shared[];
  /** Fields of ours that hold a value. */
  readonly fields: readonly Shared[];
  /** Fields that nothing but deleting the contact clears, whoever filled them. */
  readonly fixed: readonly Shared[];
  /** Memberships of theirs that our state records. */
  readonly recorded: number;
  /** Of the people, those about whom it was not asked, because asking tells it the address. */
  readonly notAsked: number;
}

export interface ForgetError {
  readonly kind: string;
  readonly message: string;
  readonly hint: string | undefined;
}

/** What a `forget` would do. */
export interface ForgetPreview {
  readonly people: number;
  /** Masked; the first few. */
  readonly samples: readonly string[];
  /** Of the people, those who were forgotten before. */
  readonly known: number;
  readonly deleting: boolean;
  readonly accounts: readonly (ForgetAccount & { readonly error: ForgetError | undefined })[];
}

/** How one account ended: what was there and is not any more, what stays, how that is known and since when. */
export interface ForgottenAt extends ForgetAccount {
  readonly status: "cleared" | "nothing there" | "not asked" | "left";
  /** Contacts that are still stored, on no list and without values of ours. */
  readonly kept: number;
  readonly deleted: number;
  readonly evidence: "read-back" | undefined;
  /** When the destination was seen to be as it should be, ISO. */
  readonly checkedAt: string | undefined;
  readonly error: ForgetError | undefined;
}

/** What a `forget` did, with what was checked where. */
export interface ForgetProof {
  readonly people: number;
  readonly samples: readonly string[];
  readonly known: number;
  readonly deleting: boolean;
  readonly actor: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Fingerprint of the key of the hash that stays. */
  readonly keyId: string;
  readonly accounts: readonly ForgottenAt[];
  /** What state dropped: rows of ledgers and opt-outs, and old files that held one of them. */
  readonly state: { readonly memberships: number; readonly optOuts: number; readonly files: number };
  /** False while an account is left; running it again finishes. */
  readonly complete: boolean;
}
