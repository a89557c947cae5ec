import type { SendMailOptions } from "nodemailer";
import type { Notice } from "../../model/run/notice.js";
import { noticeText, type ChangeText, type NoticeText } from "../../plugin/notice-text.js";

const MOST_CHANGES = 50;

/** The e-mail of a notice: plain text, and the same as simple HTML. */
export function messageOf(notice: Notice, from: string, to: readonly string[]): SendMailOptions {
  const text = noticeText(notice, MOST_CHANGES);
  const [, host = "localhost"] = from.split("@");
  return {
    from: { name: "Rollcall", address: from },
    to: [...to],
    subject: text.title,
    // The same for the same notice, so that a mailbox can drop the second.
    messageId: `<${notice.id}@${host}>`,
    date: new Date(notice.at),
    // RFC 3834: nobody's out-of-office answers it.
    headers: { "Auto-Submitted": "auto-generated" },
    text: plain(text),
    html: html(text),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function plain({ title, changes, more, origin, url }: NoticeText): string {
  const parts = [
    ...changes.map(({ title: own, facts, message, hint }) =>
      [
        own,
        message,
        ...(hint === undefined ? [] : [hint]),
        ...facts.map((fact) => `  ${fact.join(": ")}`),
      ].join("\n"),
    ),
    ...(more === 0 ? [] : [`… and ${more} more`]),
    [origin, ...(url === undefined ? [] : [url])].join("\n"),
  ];
  return `${[...(changes.length === 0 ? [title] : []), ...parts].join("\n\n")}\n`;
}

function html({ title, changes, more, origin, url }: NoticeText): string {
  const link = url === undefined ? "" : `<br><a href="${escaped(url)}">${escaped(url)}</a>`;
  return [
    `<h2>${escaped(title)}</h2>`,
    ...changes.map(section),
    ...(more === 0 ? [] : [`<p>… and ${more} more</p>`]),
    `<p><small>${escaped(origin)}${link}</small></p>`,
  ].join("\n");
}

function section({ title, facts, message, hint }: ChangeText): string {
  const rows = facts.map(([label, value]) => `<tr><td>${label}</td><td>${escaped(value)}</td></tr>`);
  return [
    `<h3>${escaped(title)}</h3>`,
    `<p>${escaped(message)}</p>`,
    ...(hint === undefined ? [] : [`<p><em>${escaped(hint)}</em></p>`]),
    `<table>${rows.join("")}</table>`,
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`);
}
