/** How to get a secret; the secret itself never is in a config. */
export type SecretRef =
  | { readonly env: string }
  | { readonly file: string }
  | {
      readonly command: readonly string[];
      /** A folder whose files nobody has reviewed: it runs elsewhere, and with no program from there. */
      readonly away?: string;
    };
