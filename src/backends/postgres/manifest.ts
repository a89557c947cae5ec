import type { StoreManifest } from "../../model/manifests/store-manifest.js";
import type { PostgresOptions } from "./options.js";

export const manifest: StoreManifest = {
  type: "postgres",
  isDefault: false,
  isOnThisMachine: false,
  description: "State in tables of a PostgreSQL database, version 12 or newer.",
  markdownDescription:
    "State in tables of a PostgreSQL database, version 12 or newer. Needs the package `pg`. The first run makes the schema and its tables where they are missing.",
  options: {
    required: ["url"],
    properties: {
      url: {
        $ref: "#/$defs/secret",
        description:
          "Where the address of the database is found, with user and password: postgresql://user:password@host/database.",
      },
      schema: {
        type: "string",
        pattern: "^[a-z_][a-z0-9_]{0,62}$",
        patternErrorMessage:
          "a schema's name holds lower-case letters, digits and `_`, 63 at most, and does not start with a digit",
        default: "rollcall",
        description: "The database schema that holds the tables.",
      },
      name: {
        $ref: "#/$defs/name",
        default: "default",
        description: "Tells the states of one schema apart.",
      },
    },
  },
  secretKeys: ["url"],
  pathKeys: [],
  addresses: {},
  placeKeys: ["schema", "name"],
  placeSecrets: ["url"],
  optionsOf: ({ schema = "rollcall", name: own }: Partial<PostgresOptions>, environment) => {
    const name = [own, environment].filter((part) => part !== undefined).join("-");
    return { schema, name: name === "" ? "default" : name };
  },
  signInFault: () => undefined,
  placeInWords: ({ schema, name }: PostgresOptions) => `postgres, schema ${schema}, ${name}`,
  packages: ["pg"],
  signsInAsJob: false,
};
