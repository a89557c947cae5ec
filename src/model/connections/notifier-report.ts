/** What came of a test notice. */
export interface NotifierReport {
  readonly name: string;
  readonly type: string;
  /** What the receiver said; undefined when it did not take it. */
  readonly answer?: string;
  readonly error?: { readonly kind: string; readonly message: string; readonly hint: string | undefined };
}
