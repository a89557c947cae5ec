// src/registry/*.gen.ts: the plug-ins that there are, which is to say the folders with a manifest.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";

const ROOMS = [
  {
    room: "destinations",
    manifest: { type: "DestinationManifest", from: "../model/manifests/destination-manifest.js" },
    plugin: { type: "DestinationPlugin", from: "../plugin/destination.js" },
  },
  {
    room: "backends",
    manifest: { type: "StoreManifest", from: "../model/manifests/store-manifest.js" },
    plugin: { type: "StateBackendPlugin", from: "../plugin/state-backend.js" },
  },
  {
    room: "notifiers",
    manifest: { type: "NotifierManifest", from: "../model/manifests/notifier-manifest.js" },
    plugin: { type: "NotifierPlugin", from: "../plugin/notifier.js" },
  },
  {
    room: "sources",
    manifest: { type: "SourceManifest", from: "../model/config/source.js" },
    plugin: { type: "SourcePlugin", from: "../plugin/source.js" },
  },
];

const path = (relative) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

for (const { room, manifest, plugin } of ROOMS) {
  const folders = readdirSync(path(`src/${room}`))
    .filter((name) => existsSync(path(`src/${room}/${name}/manifest.ts`)))
    .sort();
  const nameOf = (folder) => folder.replaceAll(/-(\w)/gu, (_, letter) => letter.toUpperCase());
  const text = [
    `// Generated from the folders of src/${room} by \`npm run generate\`. Do not edit.`,
    `import type { ${manifest.type} } from "${manifest.from}";`,
    `import type { ${plugin.type} } from "${plugin.from}";`,
    ...folders.map((name) => `import { manifest as ${nameOf(name)} } from "../${room}/${name}/manifest.js";`),
    "",
    `export const MANIFESTS: readonly ${manifest.type}[] = [${folders.map(nameOf).join(", ")}];`,
    "",
    "/** By type; each is loaded when a config uses it. */",
    `export const PLUGINS: Readonly<Record<string, () => Promise<${plugin.type}>>> = {`,
    ...folders.map(
      (name) =>
        `[${nameOf(name)}.type]: async () => (await import("../${room}/${name}/index.js")).${nameOf(name)},`,
    ),
    "};",
    "",
  ].join("\n");
  const target = path(`src/registry/${room}.gen.ts`);
  writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: "typescript" }));
}
