import { describe, expect, it } from "vitest";
import type { OpenNotifier } from "../../src/plugin/notifier.js";
import { Failure } from "../../src/model/failure.js";
import { NOTIFIER_CASES, notifierSuite, withHarness, type NotifierHarness } from "./notifier.js";
import { slackHarness, smtpHarness, webhookHarness } from "./notifier-harnesses.js";

notifierSuite("slack", slackHarness);
notifierSuite("webhook", webhookHarness);
notifierSuite("smtp", smtpHarness);

type Send = OpenNotifier["send"];

/** A notifier that is wrong in one way, and the case that has to notice. */
const BROKEN: readonly {
  name: string;
  noticedBy: string;
  wrap: (send: Send, harness: NotifierHarness) => Send;
}[] = [
  {
    name: "sends nothing",
    noticedBy: "a notice arrives once and whole, and the answer is told",
    wrap: () => () => Promise.resolve("answered with 200"),
  },
  {
    name: "sends everything twice",
    noticedBy: "a notice arrives once and whole, and the answer is told",
    wrap: (send) => (notice, signal) => send(notice, signal).then(() => send(notice, signal)),
  },
  {
    name: "leaves the checks out",
    noticedBy: "a notice arrives once and whole, and the answer is told",
    wrap: (send) => (notice, signal) =>
      send({ ...notice, changes: notice.changes.map((one) => ({ ...one, checks: [] })) }, signal),
  },
  {
    name: "makes an id of its own for each try",
    noticedBy: "the same notice has the same id, another has another",
    wrap: (send) => (notice, signal) =>
      send({ ...notice, id: `msg_${Math.random()}`.replace(".", "") }, signal),
  },
  {
    name: "takes a refusal for a success",
    noticedBy: "a wrong secret is a matter of authentication",
    wrap: (send) => (notice, signal) => send(notice, signal).catch(() => "answered with 200"),
  },
  {
    name: "gives up what could be taken later",
    noticedBy: "what is refused for now may be sent again, and arrives then",
    wrap: (send) => (notice, signal) => send(notice, signal).catch(() => rethrow("permanent", "no")),
  },
  {
    name: "goes on for ever with what is refused for good",
    noticedBy: "what is refused for good is not to be sent again",
    wrap: (send) => (notice, signal) => send(notice, signal).catch(() => rethrow("transient", "no")),
  },
  {
    name: "does not hear that we stop",
    noticedBy: "a receiver that says nothing is left at once when we stop",
    wrap: (send) => (notice) => send(notice, AbortSignal.timeout(2600)),
  },
  {
    name: "tells its secret",
    noticedBy: "no failure tells a secret or what the receiver said at length",
    wrap:
      (send, { secrets }) =>
      (notice, signal) =>
        send(notice, signal).catch((error: Failure) => rethrow(error.kind, `${error.message} ${secrets[0]}`)),
  },
];

function rethrow(kind: Failure["kind"], message: string): never {
  throw new Failure(kind, message);
}

describe("a broken notifier is noticed when it", () => {
  it.each(BROKEN)("$name", async ({ noticedBy, wrap }) => {
    const about = NOTIFIER_CASES.find((one) => one.name === noticedBy);
    expect(about).toBeDefined();
    await withHarness(webhookHarness, async (harness) => {
      const open: NotifierHarness["open"] = (secret) => ({ send: wrap(harness.open(secret).send, harness) });
      await expect(about?.run({ ...harness, open })).rejects.toThrow();
    });
  });

  it("lets markup through", async () => {
    const about = NOTIFIER_CASES.find(({ name }) => name === "text is text, whatever it holds");
    await withHarness(slackHarness, async (harness) => {
      const received: NotifierHarness["received"] = async () =>
        (await harness.received()).map((one) => ({ ...one, commands: ["<!channel>"] }));
      await expect(about?.run({ ...harness, received })).rejects.toThrow();
    });
  });
});
