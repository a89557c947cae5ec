/** With `.unsubscribed.csv` behind it, file systems take no more. */
const MOST_BYTES = 238;

/** Whether a list can be called so: its file has the name. */
export function isListName(name: string): boolean {
  return (
    /^[\p{L}\p{N}_][\p{L}\p{N}_. -]{0,99}$/u.test(name) &&
    !/(^|\.)unsubscribed$/.test(name) &&
    new TextEncoder().encode(name).length <= MOST_BYTES
  );
}
