import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { unreadableNameFault, type ListNameFault, type ListSpec } from "../../model/manifests/list-name.js";

const LONGEST_NAME = 100;

export const manifest: DestinationManifest = {
  type: "sendgrid",
  aliases: [],
  label: "SendGrid",
  description: "An account at SendGrid.",
  isService: true,
  options: {
    required: [],
    properties: {
      rateLimits: {
        enum: ["standard", "none"],
        default: "standard",
        description: "Whether the vendor's rate limits are kept. `none` only for a sandbox.",
      },
      unsubscribeGroups: {
        type: "array",
        items: { type: "integer", minimum: 1 },
        uniqueItems: true,
        description:
          "Unsubscribe groups whose members count as opted out, besides global unsubscribes, bounces and spam reports.",
        examples: [[12]],
      },
      subuser: {
        type: "string",
        pattern: "^[!-~]{1,64}$",
        description: "User name of the subuser whose account this is, when the key is of the parent account.",
        examples: ["agency-client-7"],
      },
      accountId: {
        type: "integer",
        minimum: 1,
        description:
          "The account's user id. It is needed when the key lacks the scope `user.username.read`; with that scope a key of another account is refused.",
        examples: [1234567],
      },
    },
  },
  definingOptions: ["unsubscribeGroups"],
  optionsOf: ({ rateLimits = "standard", unsubscribeGroups = [], subuser, accountId }) => ({
    rateLimits,
    unsubscribeGroups,
    ...(subuser === undefined ? {} : { subuser }),
    ...(accountId === undefined ? {} : { accountId: `${accountId as number}` }),
  }),
  fieldNames: {
    firstName: "first_name",
    lastName: "last_name",
    country: "country",
    state: "state_province_region",
    city: "city",
    postalCode: "postal_code",
    phone: "phone_number",
    addressLine1: "address_line_1",
    addressLine2: "address_line_2",
  },
  hasSmsNumbers: false,
  listNameFault,
  starter: {
    connection: "sendgrid",
    lines: [
      "type: sendgrid",
      "# Restricted Access: Marketing (Full), Suppressions and User Account > Username (Read)",
      "apiKey: {env: SENDGRID_API_KEY}",
    ],
    list: "{name: Customers, create: true}",
  },
};

function listNameFault({ name, folder }: ListSpec): ListNameFault | undefined {
  const unreadable = unreadableNameFault("name", "The name of a SendGrid list", name);
  if (unreadable !== undefined) return unreadable;
  if (folder !== undefined)
    return {
      part: "folder",
      message: "SendGrid has no folders for lists.",
      hint: "Remove `folder` from the list.",
    };
  if (name.length <= LONGEST_NAME) return undefined;
  return {
    part: "name",
    message: `The name of a SendGrid list has 1 to ${LONGEST_NAME} characters.`,
    hint: `This one has ${name.length}; shorten it.`,
  };
}
