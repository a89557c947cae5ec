import { randomBytes } from "node:crypto";
import { Secret } from "../../src/platform/secrets/secret.js";
import { slack } from "../../src/notifiers/slack/index.js";
import { smtp } from "../../src/notifiers/smtp/index.js";
import { webhook } from "../../src/notifiers/webhook/index.js";
import type { HttpReceiver } from "../support/receivers/http-receiver.js";
import {
  slackCommands,
  slackReceiver,
  slackText,
  type SlackMessage,
} from "../support/receivers/slack-receiver.js";
import { SmtpReceiver, type ReceivedMail } from "../support/receivers/smtp-receiver.js";
import { webhookBody, webhookReceiver } from "../support/receivers/webhook-receiver.js";
import type { NotifierHarness } from "./notifier.js";

export async function slackHarness(): Promise<NotifierHarness> {
  const path = "/services/T0/B0/canary-token";
  const receiver = slackReceiver(path);
  await receiver.start();
  const { url } = receiver;
  return {
    open: (secret) =>
      slack.open(
        {},
        { url: new Secret(`${url}${secret === "wrong" ? "/services/canary-wrong" : path}`) },
        "ops",
      ),
    secrets: ["canary", "services"],
    received: async () =>
      receiver.taken.map(({ body }) => {
        const message = JSON.parse(body) as SlackMessage;
        return {
          id: message.blocks[0]?.block_id ?? "",
          text: slackText(message),
          commands: slackCommands(message),
        };
      }),
    ...httpFaults(receiver, "canary_words_that_are_much_too_long_to_be_one_word_of_slack_and_so_on"),
  };
}

export async function webhookHarness(): Promise<NotifierHarness> {
  const made = (): string => `whsec_${randomBytes(32).toString("base64")}`;
  const signingSecret = made();
  const receiver = webhookReceiver(signingSecret);
  await receiver.start();
  const { url } = receiver;
  return {
    open: (secret) =>
      webhook.open(
        { url: `${url}/hook` },
        { signingSecret: new Secret(secret === "wrong" ? made() : signingSecret) },
        "ops",
      ),
    secrets: [signingSecret, signingSecret.slice(6)],
    received: async () =>
      receiver.taken.map((message) => ({
        id: String(message.headers["webhook-id"]),
        text: textsIn(webhookBody(message)).join("\n"),
        // JSON is text and nothing else.
        commands: [],
      })),
    ...httpFaults(receiver, "canary-words: no"),
  };
}

export async function smtpHarness(): Promise<NotifierHarness> {
  const signIn = { user: "rollcall", password: "canary-password" };
  const receiver = new SmtpReceiver(signIn);
  await receiver.start();
  const { port } = receiver;
  return {
    open: (secret) =>
      smtp.open(
        {
          host: "127.0.0.1",
          port,
          security: "none",
          user: signIn.user,
          from: "rollcall@example.com",
          to: ["ops@example.com"],
        },
        { password: new Secret(secret === "wrong" ? "canary-wrong" : signIn.password) },
      ),
    secrets: ["canary", "ops@example.com"],
    received: () => Promise.all(receiver.taken.map(readMail)),
    refuseNext: (how) => void receiver.nextMessages.push(how === "for now" ? 451 : 554),
    fallSilent: () => void (receiver.silent = true),
    stop: () => receiver.stop(),
  };
}

/** What both forms of the mail say, and what its HTML or headers would do. */
async function readMail({ mail: parsing, to }: ReceivedMail) {
  const mail = await parsing;
  const html = String(mail.html);
  const shown = html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  const allowed = /^<\/?(h2|h3|p|table|tr|td|em|small|br)>$/;
  const others = [mail.bcc, mail.cc].filter((more) => more !== undefined).map(String);
  return {
    id: String(mail.messageId),
    text: `${mail.subject}\n${mail.text}\n${shown}`,
    commands: [
      ...(html.match(/<[^>]*>/g) ?? []).filter((tag) => !allowed.test(tag) && tag !== "</a>"),
      ...others,
      ...to.filter((address) => address !== "ops@example.com"),
    ],
  };
}

export function httpFaults(
  receiver: HttpReceiver,
  words: string,
): Pick<NotifierHarness, "refuseNext" | "fallSilent" | "stop"> {
  return {
    refuseNext: (how) => void receiver.next.push({ status: how === "for now" ? 503 : 400, body: words }),
    fallSilent: () => void receiver.next.push(undefined),
    stop: () => receiver.stop(),
  };
}

function textsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.values(value).flatMap(textsIn);
}
