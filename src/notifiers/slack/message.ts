import type { Notice } from "../../model/run/notice.js";
import { noticeText, type ChangeText } from "../../plugin/notice-text.js";

/** Slack takes 50 blocks a message; a change is two of them. */
const MOST_CHANGES = 20;
/** Characters of a header, a section and a field that Slack takes. */
const HEADER = 150;
const SECTION = 3000;
const FIELD = 2000;

/** The message of an incoming webhook: blocks, and a text for notifications and for programs that know no blocks. */
export function messageOf(notice: Notice): object {
  const { title, changes, more, origin, url } = noticeText(notice, MOST_CHANGES);
  return {
    text: [escaped(title), ...changes.map(({ message }) => escaped(message))].join("\n").slice(0, SECTION),
    unfurl_links: false,
    unfurl_media: false,
    blocks: [
      // Slack drops no second message, but a reader of the channel can tell it by this.
      {
        type: "header",
        block_id: notice.id,
        text: { type: "plain_text", text: cut(title, HEADER), emoji: false },
      },
      ...changes.flatMap(blocksOf),
      ...(more === 0 ? [] : [section(`… and ${more} more`)]),
      {
        type: "context",
        elements: [
          mrkdwn(escaped(origin), FIELD),
          ...(url === undefined ? [] : [mrkdwn(`<${escaped(url)}|The run>`, FIELD)]),
        ],
      },
    ],
  };
}

function blocksOf({ title, facts, message, hint }: ChangeText): object[] {
  const lines = [
    `*${escaped(title)}*`,
    escaped(message),
    ...(hint === undefined ? [] : [`_${escaped(hint)}_`]),
  ];
  return [
    section(lines.join("\n")),
    {
      type: "section",
      fields: facts.map(([label, value]) => mrkdwn(`*${label}*\n${escaped(value)}`, FIELD)),
    },
  ];
}

function section(text: string): object {
  return { type: "section", text: mrkdwn(text, SECTION) };
}

function mrkdwn(text: string, most: number): object {
  return { type: "mrkdwn", text: cut(text, most) };
}

/** The three characters that Slack's markup begins with; without them nobody is called by `<!channel>`. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Never in the middle of an escape. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/&[a-z]{0,3}$/, "")}…`;
}
