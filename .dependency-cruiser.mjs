/**
 * The layering of the code, enforced: docs/adr/ says why, test/unit/rules.test.ts proves that each rule bites.
 *
 * A room may import only itself, packages, and the rooms that are listed for it, all of which stand above it here.
 */
const CONTRACTS = ["model", "plugin", "platform"];
const PLUGINS = ["sources", "destinations", "backends", "notifiers"];
/** What planning works with. */
const GROUND = [...CONTRACTS, "policy", "plan", "engine", "reconcile", "state", "records", "run"];

export const ROOMS = {
  model: [],
  validators: [],
  platform: ["model"],
  plugin: ["model", "platform"],
  formats: CONTRACTS,
  sources: [...CONTRACTS, "formats"],
  destinations: CONTRACTS,
  backends: CONTRACTS,
  notifiers: CONTRACTS,
  registry: ["model", "plugin", ...PLUGINS],
  sandbox: ["model", "platform"],
  plan: ["model", "plugin", "validators"],
  // A plan answers what is asked of it; they judge by that, and put it in words.
  policy: ["model", "plan"],
  report: ["model", "plan"],
  schedule: ["model"],
  // Policies are expressions in the config, and `validate` checks them.
  config: ["model", "platform", "policy", "registry", "validators"],
  engine: CONTRACTS,
  reconcile: [...CONTRACTS, "engine"],
  state: [...CONTRACTS, "validators", "reconcile"],
  records: ["model", "plugin", "schedule", "state"],
  run: [...GROUND, "validators", "config", "registry"],
  planner: [...GROUND, "config", "schedule", "report"],
  notices: [...CONTRACTS, "plan", "report", "config", "state", "run"],
  approvals: [...GROUND, "validators", "planner"],
  apply: [...GROUND, "config", "schedule", "report", "planner", "notices", "approvals"],
  drift: [...GROUND, "planner", "apply"],
  forget: [...GROUND, "planner", "apply"],
  verify: [...GROUND, "planner"],
  casetest: [...GROUND, "config", "report", "planner"],
  validate: [...GROUND, "config", "planner"],
  // Between them stands `usecases`, which may import all rooms but `cli` and this one.
  api: ["model", "config", "usecases"],
};

/** Rooms that decide: they neither read nor write. */
const PURE = "plan|policy|schedule|report|model|records|validators";

function onlyRooms([room, allowed]) {
  return {
    name: `${room}-imports-only`,
    comment: `src/${room} may import only ${allowed.join(", ") || "nothing from other rooms"}`,
    severity: "error",
    from: { path: `^src/${room}/` },
    to: { path: "^src/", pathNot: `^src/(${[room, ...allowed].join("|")})/` },
  };
}

export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "nothing-imports-cli",
      severity: "error",
      from: { pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "each-room-has-its-rule",
      comment: "A new folder of src says in ROOMS what it may import.",
      severity: "error",
      from: { path: "^src/.+/", pathNot: `^src/(${[...Object.keys(ROOMS), "usecases", "cli"].join("|")})/` },
      to: {},
    },
    {
      name: "plugins-never-import-each-other",
      comment:
        "Each plug-in is a folder of its room; only its own folder and files beside it may be imported.",
      severity: "error",
      from: { path: `^src/(${PLUGINS.join("|")})/([^/]+)/` },
      to: { path: `^src/(${PLUGINS.join("|")})/`, pathNot: "^src/$1/($2/|[^/]+$)" },
    },
    {
      name: "plugins-are-asked-of-the-registry",
      comment: "Who works with a plug-in knows its contract and its manifest, and not which folder it is in.",
      severity: "error",
      from: { pathNot: `^src/(registry|${PLUGINS.join("|")})/` },
      to: { path: `^src/(${PLUGINS.join("|")})/` },
    },
    {
      name: "manifests-are-pure",
      comment: "Every command reads them, so that what they lead to is small and does nothing.",
      severity: "error",
      from: { path: `^src/(?:${PLUGINS.join("|")})/([^/]+)/manifest[.]ts$` },
      to: { reachable: true, pathNot: `^src/(model/|(?:${PLUGINS.join("|")})/$1/)` },
    },
    ...Object.entries(ROOMS).map(onlyRooms),
    {
      name: "model-imports-no-package",
      severity: "error",
      from: { path: "^src/model/" },
      to: { pathNot: "^src/" },
    },
    {
      name: "pure-rooms-do-no-io",
      severity: "error",
      from: { path: `^src/(${PURE})/` },
      to: {
        dependencyTypes: ["core"],
        path: "^(node:)?(fs|fs/promises|net|tls|http|http2|https|dns|dgram|child_process|worker_threads|process|os)$",
      },
    },
    {
      name: "pure-rooms-know-no-engine",
      severity: "error",
      from: { path: `^src/(${PURE})/` },
      to: { path: "^src/engine/|@duckdb/|undici|execa" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};
