import { expect, test } from "vitest";
import { askCheck } from "../../../../src/plan/checks/check.ts";
import { maxAddresses } from "../../../../src/plan/checks/max-addresses.ts";
import {
  contractHeadroom,
  type HeadroomFacts,
} from "../../../../src/plan/checks/warnings/contract-headroom.ts";

test.each<[Partial<HeadroomFacts>, string[]]>([
  [{}, []],
  [{ addresses: 101 }, ["max-addresses failed"]],
  [{ addresses: 1e9, limit: undefined }, []],
  [{ addresses: 50, added: 20, stored: 80 }, []],
  [{ addresses: 50, added: 21, stored: 80 }, ["contract-headroom warning"]],
  [{ addresses: 50, added: 21, stored: 80, contract: false }, []],
  [{ addresses: 50, added: 21, stored: 80, limit: undefined }, []],
  [{ addresses: 101, added: 21, stored: 80 }, ["max-addresses failed"]],
])("an account with %j", (more, names) => {
  const facts = { addresses: 100, added: 0, limit: 100, contract: true, stored: undefined, ...more };
  const found = [...askCheck(maxAddresses, facts), ...askCheck(contractHeadroom, facts)];
  expect(found.map(({ name, status }) => `${name} ${status}`)).toEqual(names);
});
