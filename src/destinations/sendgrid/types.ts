/** What SendGrid answers, as far as it is used; `contract.schema.json` says the same for checking. */

export interface FieldDefinitions {
  /** Missing in accounts without any, although the reference requires it. */
  readonly custom_fields?: readonly FieldDefinition[];
  readonly reserved_fields?: readonly FieldDefinition[];
}

export interface FieldDefinition {
  readonly id: string;
  readonly name: string;
  readonly field_type: string;
  readonly read_only?: boolean;
}

export interface ListObject {
  readonly id: string;
  readonly name: string;
  readonly contact_count?: number;
}

export interface ListPage {
  readonly result: readonly ListObject[];
  readonly _metadata?: { readonly next?: string };
}

/** A contact in answers of a search; custom fields are keyed by name here. */
export interface FoundContact {
  readonly id: string;
  readonly email: string;
  readonly list_ids?: readonly string[] | null;
  readonly custom_fields?: Readonly<Record<string, unknown>> | null;
  readonly [reserved: string]: unknown;
}

export interface SearchResult {
  readonly result: Readonly<Record<string, { readonly contact?: FoundContact; readonly error?: string }>>;
}

export interface ExportState {
  readonly id: string;
  readonly status: string;
  readonly urls?: readonly string[] | null;
  readonly contact_count?: number;
  readonly message?: string;
}

export interface ImportState {
  readonly id: string;
  readonly status: string;
  readonly results?: {
    readonly errored_count?: number | null;
    readonly errors_url?: string | null;
  } | null;
}

/** Bounce, spam report or global unsubscribe. */
export interface Suppression {
  readonly email: string;
}
