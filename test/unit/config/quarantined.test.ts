import { expect, test } from "vitest";
import { NO_STRANGERS, quarantineStrangers } from "../../../src/config/trust.js";
import { configOfText, MINIMAL } from "./support.js";

test("the secret of a store is fetched outside of the checkout", async () => {
  const config = await configOfText(
    `${MINIMAL}state: {type: s3, bucket: acme, accessKeyId: {env: ID}, secretAccessKey: {command: [pass, show, s3]}, encryption: none}\n`,
  );
  expect(quarantineStrangers(config, NO_STRANGERS, "/checkout").state.store).toMatchObject({
    type: "s3",
    credentials: {
      accessKeyId: { env: "ID" },
      secretAccessKey: { command: ["pass", "show", "s3"], away: "/checkout" },
    },
  });
});
