import { postJson } from "../../platform/http/post.js";
import { secretOf, type NotifierPlugin } from "../../plugin/notifier.js";
import { messageOf } from "./message.js";

/** An incoming webhook of Slack; others that take the same JSON show at least the text. */
export const slack: NotifierPlugin = {
  open: (_options, secrets) => ({
    send: async (notice, signal) => {
      const body = JSON.stringify(messageOf(notice));
      return `answered with ${await postJson({ url: secretOf(secrets, "url"), body }, signal)}`;
    },
  }),
};
