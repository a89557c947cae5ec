/** When more of the delivered members than this lost something in the data, the data is at fault sooner than people. */
const MOST = 0.1;

/** One person may have been left empty on purpose; several at once are looked at. */
export function areTooManyMissing(missing: number, recorded: number): boolean {
  return missing > Math.max(1, Math.floor(MOST * recorded));
}
