/**
 * The layering of the code, enforced: docs/adr/ says why, test/unit/rules.test.ts proves that it bites.
 *
 * cli → usecases → {config desired engine plan policy apply state schedule report} → model
 */
const PLUGINS = "sources|destinations|backends|notifiers";
const MIDDLE = "config|desired|engine|plan|policy|apply|state|schedule|report";
const PURE = "desired|plan|policy|schedule|report|model";

/** A room may import only itself, these rooms, and packages. */
function onlyRooms(room, allowed) {
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
      name: "nothing-below-imports-usecases",
      severity: "error",
      from: { pathNot: "^src/(cli|usecases|index)" },
      to: { path: "^src/usecases/" },
    },
    {
      name: "model-imports-nothing",
      severity: "error",
      from: { path: "^src/model/" },
      to: { pathNot: "^src/model/" },
    },
    {
      name: "plugins-import-only-contracts",
      severity: "error",
      from: { path: `^src/(${PLUGINS})/` },
      to: { path: "^src/", pathNot: `^src/(${PLUGINS}|plugin|model|platform)/` },
    },
    {
      name: "plugins-never-import-each-other",
      comment:
        "Each plug-in is a folder of its room; only its own folder and files beside it may be imported.",
      severity: "error",
      from: { path: `^src/(${PLUGINS})/([^/]+)/` },
      to: { path: `^src/(${PLUGINS})/`, pathNot: "^src/$1/($2/|[^/]+$)" },
    },
    onlyRooms("plugin", ["model", "platform"]),
    onlyRooms("platform", ["model"]),
    onlyRooms("sandbox", ["model", "platform"]),
    onlyRooms("report", ["model"]),
    onlyRooms("schedule", ["model"]),
    onlyRooms("policy", ["model"]),
    onlyRooms("plan", ["model", "plugin", "policy"]),
    onlyRooms("desired", ["model", "plugin"]),
    // Policies are expressions in the config, and `validate` checks them.
    onlyRooms("config", ["model", "platform", "policy"]),
    onlyRooms("engine", ["model", "plugin", "platform", "desired"]),
    onlyRooms("state", ["model", "plugin", "platform", "engine"]),
    onlyRooms("apply", ["model", "plugin", "platform", "engine", "state", "plan"]),
    {
      name: "middle-knows-no-plugin",
      comment: "Plug-ins reach the rooms in the middle only through the contracts in src/plugin.",
      severity: "error",
      from: { path: `^src/(${MIDDLE})/` },
      to: { path: `^src/(${PLUGINS})/` },
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
