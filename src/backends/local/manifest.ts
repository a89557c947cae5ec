import { placeWithin, type StoreManifest } from "../../model/manifests/store-manifest.js";
import type { LocalOptions } from "./options.js";

export const manifest: StoreManifest = {
  type: "local",
  isDefault: true,
  isOnThisMachine: true,
  description: "State in a folder of this machine.",
  options: {
    required: [],
    properties: {
      path: {
        type: "string",
        minLength: 1,
        description: "Folder of the state, relative to this file.",
        default: ".rollcall",
      },
    },
  },
  secretKeys: [],
  pathKeys: ["path"],
  addresses: {},
  placeKeys: ["path"],
  placeSecrets: [],
  optionsOf: ({ path = ".rollcall" }, environment): LocalOptions => ({
    path: placeWithin(path as string, environment),
  }),
  signInFault: () => undefined,
  placeInWords: ({ path }: LocalOptions) => path,
  packages: [],
  signsInAsJob: false,
};
