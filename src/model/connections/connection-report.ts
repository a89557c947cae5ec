/** What a connection's account answered, or why it did not. */
export interface ConnectionReport {
  readonly name: string;
  readonly type: string;
  /** It is not for whoever asks, who sees name and type. */
  readonly hidden?: true;
  readonly agreed?: boolean;
  readonly account?: {
    readonly id: string;
    readonly label: string;
    readonly missingPermissions: readonly string[];
    readonly contacts: number | undefined;
    readonly lists: readonly {
      readonly id: string;
      readonly name: string;
      readonly size: number | undefined;
    }[];
    readonly fields: readonly { readonly name: string; readonly type: string; readonly writable: boolean }[];
  };
  readonly error?: { readonly kind: string; readonly message: string; readonly hint: string | undefined };
}
