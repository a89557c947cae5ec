import { afterEach, beforeEach, expect, it } from "vitest";
import type { SmtpOptions } from "../../../src/notifiers/smtp/options.js";
import { smtp } from "../../../src/notifiers/smtp/index.js";
import { change, notice } from "../../support/notices.js";
import { SmtpReceiver } from "../../support/receivers/smtp-receiver.js";

const signal = new AbortController().signal;
let receiver: SmtpReceiver;

beforeEach(async () => {
  receiver = new SmtpReceiver({});
  await receiver.start();
});
afterEach(() => receiver.stop());

function options(more: Partial<SmtpOptions> = {}): SmtpOptions {
  return {
    host: "127.0.0.1",
    port: receiver.port,
    security: "none",
    user: undefined,
    from: "rollcall@example.com",
    to: ["a@example.com", "b@example.com"],
    ...more,
  };
}

it("a recipient whom a grey list holds up is sent the message again, and nobody else is", async () => {
  receiver.nextRecipients.push(0, 451);
  const open = smtp.open(options(), {});
  await expect(open.send(notice([change()]), signal)).rejects.toMatchObject({
    kind: "transient",
    message: expect.stringContaining("451 4.7.1") as string,
  });
  await open.send(notice([change()]), signal);
  expect(receiver.taken.map(({ to }) => to)).toEqual([["a@example.com"], ["b@example.com"]]);
  const ids = await Promise.all(receiver.taken.map(async ({ mail }) => (await mail).messageId));
  expect(ids).toEqual([ids[0], ids[0]]);
});

it("an address that is refused for good does not keep the message from the others", async () => {
  receiver.nextRecipients.push(550, 0);
  const answer = await smtp.open(options(), {}).send(notice([change()]), signal);
  expect(answer).toBe("answered with 250, but refused 1 of 2 addresses");
  expect(receiver.taken.map(({ to }) => to)).toEqual([["b@example.com"]]);
});

it("a message is refused when every address is", async () => {
  receiver.nextRecipients.push(550, 550);
  const failure = await smtp
    .open(options(), {})
    .send(notice([change()]), signal)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ kind: "permanent" });
  expect(String((failure as Error).message)).not.toMatch(/@|canary/);
});

it("a server that does not offer STARTTLS is refused", async () => {
  const failure = await smtp
    .open(options({ security: "starttls" }), {})
    .send(notice([change()]), signal)
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({
    kind: "permanent",
    message: expect.stringContaining("STARTTLS") as string,
  });
  expect(receiver.taken).toEqual([]);
});
