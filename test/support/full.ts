import { it } from "vitest";

/** Whether all is run that there is, and not only what `npm test` has minutes for. */
export const FULL = process.env["ROLLCALL_TEST_FULL"] === "1";

/** An `it` for stories that hang little on the destination: `npm test` tells them at `some` only, the full run everywhere. */
export function onlyAt(
  here: string,
  ...some: readonly string[]
): (name: string, story: () => Promise<void>) => void {
  return (name, story) => {
    if (FULL || some.includes(here)) it(name, story);
  };
}
