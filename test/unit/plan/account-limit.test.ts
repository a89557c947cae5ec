import { expect, test } from "vitest";
import type { Connection } from "../../../src/model/config/connection.ts";
import { accountLimit, defaultMaxProfiles } from "../../../src/plan/account-limit.ts";
import type { Capabilities } from "../../../src/plugin/destination.ts";

const connection = (contacts?: number) =>
  ({ name: "news", contract: contacts === undefined ? undefined : { contacts } }) as Connection;
const capabilities = { maxAddressesPerAccount: 100, maxProfilesPerExport: 50 } as Capabilities;

test("an account is limited by its contract, or by default", () => {
  expect([accountLimit(undefined, capabilities), defaultMaxProfiles(connection(), capabilities)]).toEqual([
    100, 50,
  ]);
  expect([accountLimit(7, capabilities), defaultMaxProfiles(connection(7), capabilities)]).toEqual([7, 7]);
});
