import type { NotifierManifest } from "../../model/manifests/notifier-manifest.js";

export const manifest: NotifierManifest = {
  type: "slack",
  description:
    "An incoming webhook of Slack, or of something that takes the same messages (Mattermost, Rocket.Chat …).",
  options: {
    required: ["url"],
    properties: {
      url: {
        $ref: "#/$defs/secret",
        description:
          "Where the address of the incoming webhook is. Whoever knows it can write into the channel, so it is a secret.",
        examples: [{ env: "SLACK_WEBHOOK_URL" }],
        markdownDescription:
          "Where the address of the incoming webhook is. Whoever knows it can write into the channel, so it is a secret.",
      },
    },
  },
  secretKeys: ["url"],
  optionsOf: () => ({}),
  optionFault: () => undefined,
  starter: "{type: slack, url: {env: SLACK_WEBHOOK_URL}}",
};
