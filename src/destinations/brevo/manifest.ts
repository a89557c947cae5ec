import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { unreadableNameFault } from "../../model/manifests/list-name.js";

export const manifest: DestinationManifest = {
  type: "brevo",
  aliases: ["sendinblue"],
  label: "Brevo",
  description: "An account at Brevo (formerly Sendinblue).",
  isService: true,
  options: {
    required: [],
    properties: {
      rateLimits: {
        enum: ["general", "advanced", "extended", "none"],
        default: "general",
        description: "The vendor's rate-limit tier of the account. `none` only for a sandbox.",
      },
      importFormat: {
        enum: ["json", "csv"],
        description: "How contacts travel in imports. By default CSV when a boolean is mapped, else JSON.",
      },
      clears: {
        enum: ["request", "import"],
        default: "request",
        description:
          "How attributes with `nulls: clear` are cleared: by a request a person, or by the import that carries the person. An import is quicker, and may clear attributes as well that are not mapped: choose it once a trial on your account showed that it does not.",
      },
    },
  },
  definingOptions: [],
  optionsOf: ({ rateLimits = "general", clears, importFormat }) => ({
    rateLimits,
    ...(clears === undefined ? {} : { clears }),
    ...(importFormat === undefined ? {} : { importFormat }),
  }),
  // Accounts have them in the language of who opened them.
  fieldNames: {},
  hasSmsNumbers: true,
  listNameFault: ({ name, folder }) =>
    unreadableNameFault("name", "The name of a Brevo list", name) ??
    (folder === undefined ? undefined : unreadableNameFault("folder", "The name of a Brevo folder", folder)),
  starter: {
    connection: "brevo",
    lines: ["type: brevo", "apiKey: {env: BREVO_API_KEY}"],
    list: "{name: Customers, create: true, folder: Rollcall}",
  },
};
