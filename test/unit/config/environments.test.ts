import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadEnvironments } from "../../../src/config/environments/load.js";
import { loadConfig, type LoadedConfig } from "../../../src/config/load.js";
import { folderOf, MINIMAL, rendered, signal } from "./support.js";

const CONFIG = `version: 1
connections:
  box: {type: file, path: lists, dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}}
  post:
    type: brevo
    apiKey: {env: POST_KEY}
    contract: {contacts: 1000}
    dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}
sources:
  crm: {type: files, path: crm.csv, columns: {zip: text}, minimumRows: 100}
segments:
  all: {source: crm}
exports:
  weekly:
    connection: post
    list: {name: Customers, create: true}
    segments: [all]
    match: {email: email}
    safeguards: {maxRemovals: {count: 500}, maxAdds: {count: 9}}
  daily: {connection: box, list: all, segments: [all], match: {email: email}}
`;

/** An environment that sends nothing, and so gets into nobody's way. */
const IDLE = "{exports: {weekly: {enabled: false}, daily: {enabled: false}}}";

async function load(
  environments: string,
  environment: string | undefined = "staging",
  more: Readonly<Record<string, string>> = {},
): Promise<LoadedConfig & { readonly folder: string }> {
  const folder = await folderOf({ "exports.config.yaml": `${CONFIG}${environments}`, ...more });
  return { ...(await loadConfig({ cwd: folder, environment, signal })), folder };
}

const codes = ({ diagnostics }: LoadedConfig): string[] => diagnostics.map(({ code }) => code);

describe("an environment of the config", () => {
  test("is merged over the rest, key by key", async () => {
    const { config, diagnostics } = await load(`environments:
  staging:
    connections:
      post: {apiKey: {file: staging.key}, baseUrl: "http://127.0.0.1:1/v3"}
    sources:
      crm: {path: [a.csv, b.csv]}
    exports:
      weekly: {list: 7, safeguards: {maxRemovals: {count: 5}}}
  production: ${IDLE}
`);
    expect(rendered(diagnostics)).toBe("");
    expect(config?.environment).toBe("staging");
    expect(config?.connections.get("post")).toMatchObject({
      apiKey: { file: join(config?.folder ?? "", "staging.key") },
      baseUrl: "http://127.0.0.1:1/v3",
      contract: { contacts: 1000 },
    });
    expect(config?.sources.get("crm")).toMatchObject({ paths: ["a.csv", "b.csv"], minimumRows: 100 });
    expect(config?.exports.get("weekly")).toMatchObject({
      list: { id: "7" },
      safeguards: { maxRemovals: { count: 5 }, maxAdds: { count: 9 } },
    });
  });

  test("has no effect in another one", async () => {
    const { config } = await load(
      `environments: {staging: {exports: {weekly: {list: 7}, daily: {enabled: false}}}, production: {}}\n`,
      "production",
    );
    expect(config?.exports.get("weekly")?.list).toMatchObject({ name: "Customers" });
    expect(config?.connections.get("post")?.apiKey).toEqual({ env: "POST_KEY" });
  });

  test("replaces an agreement as a whole", async () => {
    const text = `environments: {staging: {connections: {post: {dataPrivacy: {agreed: false}}}}}\n`;
    expect(codes(await load(text))).toEqual(["missing-key", "missing-key"]);
  });

  test("may leave an export out", async () => {
    const { config, diagnostics } = await load(
      `environments: {staging: {exports: {weekly: {enabled: false}, daily: {enabled: true}}}}\n`,
    );
    expect(rendered(diagnostics)).toBe("");
    expect([...(config?.exports.keys() ?? [])]).toEqual(["daily"]);
  });

  test("may be in included files, whose paths start there", async () => {
    const { config, diagnostics, folder } = await load(
      `include: [env/*.yaml]\nenvironments: {staging: {exports: {weekly: {list: 7}}}}\n`,
      "staging",
      {
        "env/staging.yaml": `environments:
  staging:
    connections: {post: {apiKey: {file: post.key}}, box: {path: lists}}
    sources: {crm: {path: "*.csv"}}
`,
      },
    );
    expect(rendered(diagnostics)).toBe("");
    expect(config?.exports.get("weekly")?.list).toEqual({ id: "7" });
    expect(config?.connections.get("post")?.apiKey).toEqual({ file: join(folder, "env/post.key") });
    expect(config?.connections.get("box")?.options["path"]).toBe(join(folder, "env/lists"));
    expect(config?.sources.get("crm")).toMatchObject({ folder, paths: ["env/*.csv"] });
  });

  test("may be defined only once", async () => {
    const { diagnostics } = await load(
      `include: [more.yaml]\nenvironments: {staging: {exports: {weekly: {list: 7}}}}\n`,
      "staging",
      { "more.yaml": `environments: {staging: {exports: {weekly: {list: 8}}}}\n` },
    );
    expect(rendered(diagnostics)).toContain(
      "`environments.staging.exports.weekly` is defined a second time.",
    );
    expect(diagnostics[0]?.hint).toContain("exports.config.yaml:22:36");
  });
});

describe("what is wrong with it", () => {
  test.each([
    ["an export that is not there", `exports: {weekley: {list: 7}}`, "unknown-export", "`weekly`?"],
    ["a connection that is not there", `connections: {bix: {path: x}}`, "unknown-connection", "`box`?"],
    ["another type", `connections: {post: {type: sendgrid}}`, "environment-type", "Leave `type` out"],
    ["a misspelt key", `connections: {post: {apiKye: {env: X}}}`, "unknown-key", "`apiKey`?"],
    ["a key of another type", `connections: {post: {path: x}}`, "unknown-key", "Only type file"],
    ["what is the same everywhere", `exports: {weekly: {mode: upsert}}`, "unknown-key", "Known: enabled"],
    ["a shape of data", `sources: {crm: {columns: {zip: number}}}`, "unknown-key", "Known: path"],
    ["a section that is shared", `segments: {all: {source: crm}}`, "unknown-key", "Known: state"],
    ["a wrong value", `connections: {post: {contract: {contacts: 0}}}`, "out-of-range", ""],
    ["a secret in clear", `connections: {post: {apiKey: canary-4711}}`, "literal-secret", ""],
    ["two ways to a secret", `connections: {post: {apiKey: {env: A, file: b}}}`, "too-many-keys", ""],
    ["a key outside", `connections: {post: {apiKey: {file: /etc/x}}}`, "path-outside", "allowPaths"],
    ["nothing", ``, "wrong-type", ""],
  ])("%s points at the environment's own line", async (_, overlay, code, hint) => {
    const found = await load(`environments:\n  production: ${IDLE}\n  staging:\n    ${overlay}\n`);
    const [first] = found.diagnostics;
    expect(codes(found)).toEqual([code]);
    expect(first?.hint ?? "").toContain(hint);
    expect(first?.position?.line).toBe(overlay === "" ? 23 : 24);
    expect(rendered(found.diagnostics)).not.toContain("canary");
    expect(found.config).toBeUndefined();
  });

  test("a fault points at the rest of the config when the environment says nothing of it", async () => {
    const { diagnostics } = await load(`environments: {staging: {connections: {box: {path: x}}}}\n`);
    expect(diagnostics).toEqual([]);
    const broken = await load(`  third: {connection: bax, list: 1, segments: [all], match: {email: email}}
environments: {staging: {exports: {third: {list: 2}}}}
`);
    expect(broken.diagnostics[0]).toMatchObject({ code: "unknown-connection", position: { line: 21 } });
  });
});

describe("the choice of an environment", () => {
  const two = `environments: {staging: {}, production: {}}\n`;

  test.each([
    ["none where there are some", two, undefined, "environment-missing", "staging, production"],
    ["one that is not there", two, "producton", "unknown-environment", "Did you mean `production`?"],
    ["one where there are none", "", "staging", "unknown-environment", "Leave out --env"],
  ])("%s", async (_, text, environment, code, hint) => {
    const folder = await folderOf({ "exports.config.yaml": `${CONFIG}${text}` });
    const { config, diagnostics, files } = await loadConfig({ cwd: folder, environment, signal });
    expect(config).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code, severity: "error" }]);
    expect(diagnostics[0]?.hint).toContain(hint);
    expect(files).toHaveLength(1);
  });

  test("has no effect on a config without environments", async () => {
    const folder = await folderOf({ "exports.config.yaml": MINIMAL });
    const { config } = await loadConfig({ cwd: folder, signal });
    expect(config?.environment).toBeUndefined();
    expect(config?.state.store).toMatchObject({ options: { path: join(folder, ".rollcall") } });
  });
});

describe("the state of an environment", () => {
  test.each([
    ["has a folder of its name", "", ".rollcall/staging"],
    ["also inside a named folder", "state: {path: kept}", "kept/staging"],
    ["is where the environment says", "", ".here", "{path: .here}"],
    ["keeps its folder when only the rest differs", "", ".rollcall/staging", "{lockTtl: 5s}"],
  ])("%s", async (_, base, path, overlay = "{}") => {
    const folder = await folderOf({
      "exports.config.yaml": `${CONFIG}${base}\nenvironments: {staging: {state: ${overlay}}}\n`,
    });
    const { config } = await loadConfig({ cwd: folder, environment: "staging", signal });
    expect(config?.state.store).toMatchObject({ options: { path: join(folder, path) } });
  });

  test.each([
    ["s3, bucket: acme, prefix: exports", "{}", { prefix: "exports/staging" }],
    ["s3, bucket: acme", "{bucket: acme-staging}", { bucket: "acme-staging", prefix: "rollcall" }],
    [
      "azureBlob, container: acme, account: https://a.blob.core.windows.net",
      "{}",
      { prefix: "rollcall/staging" },
    ],
    ["postgres, url: {env: URL}", "{}", { name: "staging" }],
    ["postgres, url: {env: URL}, name: exports", "{url: {env: OTHER}}", { name: "exports-staging" }],
    ["postgres, url: {env: URL}", "{schema: staging}", { schema: "staging", name: "default" }],
    [
      "s3, bucket: acme, region: x",
      "{type: local, path: .here}",
      { path: expect.stringMatching(/\/\.here$/) as string },
    ],
    [
      "postgres, url: {env: URL}, name: x",
      "{type: s3, bucket: acme}",
      { bucket: "acme", prefix: "rollcall" },
    ],
  ])("stands beside those of others at {type: %s}, with %s", async (base, overlay, store) => {
    const folder = await folderOf({
      "exports.config.yaml": `${CONFIG}state: {type: ${base}, encryption: none}\nenvironments: {staging: {state: ${overlay}}}\n`,
    });
    const { config, diagnostics } = await loadConfig({ cwd: folder, environment: "staging", signal });
    expect(diagnostics).toEqual([]);
    expect(config?.state.store).toMatchObject({ options: store });
  });
});

describe("two environments", () => {
  const found = async (environments: string, environment?: string): Promise<string[]> => {
    const folder = await folderOf({ "exports.config.yaml": `${CONFIG}${environments}` });
    const { diagnostics } = await loadEnvironments({ cwd: folder, environment, signal });
    return diagnostics.map(({ code, position, environments: where }) =>
      [code, position?.line, ...(where ?? [])].join(" "),
    );
  };
  const OWN = `connections: {box: {path: "s"}, post: {apiKey: {env: STAGING_KEY}}}`;

  test("may have everything else in common", async () => {
    expect(await found(`environments:\n  production: {}\n  staging: {${OWN}}\n`)).toEqual([]);
  });

  test("may not name one list of one account, whichever is chosen", async () => {
    const text = `environments:
  production: {}
  staging: {connections: {box: {path: s}}}
  dev: {exports: {weekly: {list: 3}, daily: {enabled: false}}}
`;
    const shared = "list-of-two-environments 16";
    expect(await found(text)).toEqual(["account-of-two-environments 4", shared]);
    expect(await found(text, "production")).toContain(shared);
    expect(await found(text, "staging")).toContain(shared);
    expect(await found(text, "dev")).not.toContain(shared);
    const folder = await folderOf({ "exports.config.yaml": `${CONFIG}${text}` });
    const { diagnostics } = await loadConfig({ cwd: folder, environment: "production", signal });
    expect(diagnostics.find(({ code }) => code === "list-of-two-environments")).toMatchObject({
      message: "The environments `production` and `staging` send to one list: that of the export `weekly`.",
    });
  });

  test("are reported by how many there are, and not pair by pair", async () => {
    const names = [...Array(20).keys()].map(
      (index) => `  e${index}: {exports: {weekly: {enabled: false}}}\n`,
    );
    const lists = [...Array(30).keys()].map(
      (index) => `  x${index}: {connection: box, list: l${index}, segments: [all], match: {email: email}}\n`,
    );
    const folder = await folderOf({
      "exports.config.yaml": `${CONFIG}${lists.join("")}environments:\n${names.join("")}`,
    });
    const { diagnostics } = await loadEnvironments({ cwd: folder, signal });
    // Of each but the first: 31 lists.
    expect(diagnostics.at(-1)?.message).toBe(`There are ${19 * 31 - 100} more findings like these.`);
    const last = await loadConfig({ cwd: folder, environment: "e19", signal });
    expect(codes(last)).toEqual(Array(31).fill("list-of-two-environments"));
    expect(last.diagnostics[0]?.message).toContain("`e0` and `e19`");
  });

  test("are not reported as sharing an account while a misspelt key may keep them apart", async () => {
    const misspelt = OWN.replace("apiKey", "apiKye");
    expect(await found(`environments:\n  production: {}\n  staging: {${misspelt}}\n`)).toEqual([
      "unknown-key 23",
    ]);
  });

  test("may not keep one state, also where only the case of its folder differs", async () => {
    expect(
      await found(`environments:
  production: {state: {path: .rollcall/Staging}}
  staging: {${OWN}, state: {lockTtl: 5s}}
`),
    ).toEqual(["state-shared 23"]);
    expect(
      await found(`environments:
  production: {state: {path: kept}}
  staging: {${OWN}, state: {path: kept}}
`),
    ).toEqual(["state-shared 23"]);
  });

  test.each([
    ["{prefix: p}", "{prefix: p}", 1],
    ["{prefix: p}", "{bucket: other, prefix: p}", 0],
    ["{}", "{}", 0],
    [
      "{type: postgres, url: {env: A}}",
      "{type: postgres, url: {env: A}, schema: rollcall, name: production}",
      1,
    ],
    ["{type: postgres, url: {env: A}, name: x}", "{type: postgres, url: {env: B}, name: x}", 0],
  ])("with state %s and %s share one %i times", async (production, staging, shared) => {
    const codes = await found(`state: {type: s3, bucket: acme, encryption: none}
environments:
  production: {state: ${production}}
  staging: {${OWN}, state: ${staging}}
`);
    expect(codes).toEqual(shared === 0 ? [] : ["state-shared 24"]);
  });

  test("are all checked when none is chosen, and a finding names its environment", async () => {
    const text = `environments:
  production: {}
  staging: {${OWN}, exports: {weekly: {schedule: {cron: "0 99 * * *"}}}}
`;
    expect(await found(text)).toEqual(["wrong-cron 23 staging"]);
    expect(await found(text, "production")).toEqual([]);
    const everywhere = text.replace("{}", `{suppressions: [x]}`);
    expect(await found(everywhere)).toEqual(["unknown-key 22", "wrong-cron 23 staging"]);
  });
});
