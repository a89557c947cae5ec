import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";
import { unreadableNameFault, type ListNameFault } from "../../model/manifests/list-name.js";
import { isListName } from "./list-name.js";

export const manifest: DestinationManifest = {
  type: "file",
  aliases: [],
  label: "File",
  description: "A folder in which each list is a CSV file.",
  isService: false,
  options: {
    required: ["path"],
    properties: {
      path: {
        type: "string",
        minLength: 1,
        description: "The folder, relative to this config file.",
        examples: ["./lists"],
      },
    },
  },
  definingOptions: ["path"],
  optionsOf: ({ path }) => ({ path }),
  fieldNames: {},
  hasSmsNumbers: false,
  listNameFault: ({ name }) => fileNameFault(name) ?? unreadableNameFault("name", "The name of a list", name),
  starter: {
    connection: "folder",
    lines: ["type: file", "path: ./lists"],
    list: "{name: customers, create: true}",
  },
};

function fileNameFault(name: string): ListNameFault | undefined {
  if (isListName(name)) return undefined;
  return {
    part: "name",
    message: "A list of a file connection is named like a file, without its .csv.",
    hint: "Use letters, digits, spaces, dots, dashes and underscores, a hundred at most, and not `unsubscribed`.",
  };
}
