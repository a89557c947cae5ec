import { durationSeconds } from "../../model/duration.js";
import type { Source, SourceBase, SourceManifest } from "../../model/config/source.js";
import type { PostgresSource } from "./postgres-source.js";

const TIMEOUT = "10m";

export const manifest: SourceManifest = {
  type: "postgres",
  description:
    "Profiles in a PostgreSQL database, or one that speaks its protocol. Needs the packages `pg` and `pg-copy-streams`. Sources of one database are read in one transaction, so that they fit together.",
  options: {
    required: ["url"],
    properties: {
      url: {
        $ref: "#/$defs/secret",
        description:
          "Where the address of the database is found, with user and password: postgresql://user:password@host/database. The user needs no right but to read.",
      },
      table: {
        type: "string",
        minLength: 1,
        description:
          "The table or view that holds the profiles, with its schema where that is not on the search path.",
        examples: ["crm.customers"],
      },
      query: {
        type: "string",
        minLength: 1,
        description: "One SELECT, in the words of the database, that gives the profiles.",
        examples: ["select * from customers where deleted_at is null"],
      },
      statementTimeout: {
        $ref: "#/$defs/duration",
        default: TIMEOUT,
        description: "How long the database may work on it before it is stopped, and nothing is read.",
      },
    },
    oneOf: [{ required: ["table"] }, { required: ["query"] }],
  },
  secretKeys: ["url"],
  pathKeys: [],
  readsProject: false,
  readsText: false,
  sourceOf,
  // It runs in the database, and not in the engine.
  queryOf: () => undefined,
  pathsOf: () => [],
  definitionOf: ({ table, query }: PostgresSource) => ({ table, query }),
  faultsOf: () => [],
  valuesOf: () => "typed",
};

interface WrittenSource extends Pick<PostgresSource, "table" | "query"> {
  readonly statementTimeout: string;
}

function sourceOf(
  { table, query, statementTimeout = TIMEOUT }: Partial<WrittenSource>,
  base: SourceBase,
): Source {
  const timeoutSeconds = durationSeconds(statementTimeout);
  const source: PostgresSource = { ...base, type: "postgres", kind: manifest, table, query, timeoutSeconds };
  return source;
}
