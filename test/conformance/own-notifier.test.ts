import { notifierKit } from "../../src/plugin/kit.js";
import type { OwnNotifierModule } from "../../src/plugin/own-module.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { moduleOfPage } from "../support/page-modules.js";
import { HttpReceiver } from "../support/receivers/http-receiver.js";
import { notifierSuite, type NotifierHarness } from "./notifier.js";
import { httpFaults } from "./notifier-harnesses.js";

const PATH = "/canary-room-key";
const { load } = await moduleOfPage<OwnNotifierModule>("my-chat.js");

/** The notifier of docs/own-sources-and-notifiers.md. */
async function ownHarness(): Promise<NotifierHarness> {
  const receiver = new HttpReceiver(({ path }) => ({ status: path === PATH ? 200 : 403 }));
  await receiver.start();
  const { url } = receiver;
  const plugin = await load(notifierKit);
  return {
    open: (secret) =>
      plugin.open(
        { room: "lists" },
        { url: new Secret(`${url}${secret === "wrong" ? "/canary-wrong" : PATH}`) },
        "ops",
      ),
    secrets: ["canary"],
    // JSON is text and nothing else.
    received: async () =>
      receiver.taken.map(({ body }) => ({
        ...(JSON.parse(body) as { readonly id: string; readonly text: string }),
        commands: [],
      })),
    ...httpFaults(receiver, "canary-words: no"),
  };
}

notifierSuite("the notifier of docs/own-sources-and-notifiers.md", ownHarness);
