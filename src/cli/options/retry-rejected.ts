/** What `--retry-rejected` says of itself. */
export const RETRY_REJECTED =
  "send once more whom the destination rejected, although nothing changed; `rollcall rejected` lists them";
