import { expect, test } from "vitest";
import { checkLostAddresses } from "../../../../src/plan/checks/lost-addresses.ts";

test.each([
  [0, 20, false],
  [1, 1, false],
  [2, 20, false],
  [2, 3, true],
  [3, 20, true],
  [100, 1000, false],
  [101, 1000, true],
])("%i of %i who lost their address: held up %s", (lost, recorded, held) => {
  expect(checkLostAddresses(lost, recorded, {}).map(({ name }) => name)).toEqual(
    held ? ["missing-addresses"] : [],
  );
});
