import { HttpReceiver, type Answer } from "./http-receiver.js";

export interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

interface SlackText {
  readonly type: "plain_text" | "mrkdwn";
  readonly text: string;
}

interface SlackBlock {
  readonly type: "header" | "section" | "context";
  readonly block_id?: string;
  readonly text?: SlackText;
  readonly fields?: readonly SlackText[];
  readonly elements?: readonly SlackText[];
}

/** Takes what Slack takes: the right path, and blocks within the limits that Slack documents. */
export function slackReceiver(path: string): HttpReceiver {
  return new HttpReceiver(({ path: asked, headers, body }): Exclude<Answer, undefined> => {
    if (asked !== path) return { status: 403, body: "invalid_token" };
    if (headers["content-type"] !== "application/json") return { status: 400, body: "invalid_payload" };
    const message = JSON.parse(body) as SlackMessage;
    if (message.text === "") return { status: 400, body: "no_text" };
    const sound = message.blocks.length <= 50 && message.blocks.every(isSound);
    return sound ? { status: 200, body: "ok" } : { status: 400, body: "invalid_blocks" };
  });
}

function isSound({ type, text, fields, elements }: SlackBlock): boolean {
  const upTo = (most: number) => (one: SlackText) => one.text.length > 0 && one.text.length <= most;
  if (type === "header") return text?.type === "plain_text" && upTo(150)(text);
  if (type === "context")
    return elements !== undefined && elements.length <= 10 && elements.every(upTo(2000));
  if (text === undefined && fields === undefined) return false;
  const many = fields?.length ?? 1;
  return (
    (text === undefined || upTo(3000)(text)) && many >= 1 && many <= 10 && (fields ?? []).every(upTo(2000))
  );
}

/** Everything that a reader sees, with Slack's escapes undone. */
export function slackText({ blocks }: SlackMessage): string {
  return blocks
    .flatMap(({ text, fields = [], elements = [] }) => [...(text ? [text] : []), ...fields, ...elements])
    .map(({ type, text }) => (type === "plain_text" ? text : unescaped(text)))
    .join("\n");
}

/** What Slack would take for a link or a call of people. */
export function slackCommands(message: SlackMessage): string[] {
  return JSON.stringify(message).match(/<[^>]*>/g) ?? [];
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
