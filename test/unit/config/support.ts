import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { loadConfig, type LoadedConfig } from "../../../src/config/load.js";
import type { Config } from "../../../src/model/config/config.js";
import type { Diagnostic } from "../../../src/model/diagnostic.js";

export const signal = new AbortController().signal;

/** A folder with these files that is removed after the test. */
export async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "rollcall-config-")));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

export async function loadText(text: string | Uint8Array): Promise<LoadedConfig> {
  return loadConfig({
    cwd: await folderOf({ "exports.config.yaml": text }),
    configPath: "exports.config.yaml",
    signal,
  });
}

/** The config of a text that has to be sound. */
export async function configOfText(text: string): Promise<Config> {
  const { config, diagnostics } = await loadText(text);
  if (config === undefined) throw new Error(rendered(diagnostics));
  return config;
}

/** Diagnostics as people see them. */
export function rendered(diagnostics: readonly Diagnostic[]): string {
  return diagnostics
    .map(({ severity, code, message, hint, position, frame }) => {
      const where = position === undefined ? "" : ` ${position.file}:${position.line}:${position.column}`;
      return [`${severity}[${code}]${where}`, message, hint && `→ ${hint}`, frame].filter(Boolean).join("\n");
    })
    .join("\n\n");
}

export const MINIMAL = `version: 1
connections:
  box: {type: file, path: lists, dataPrivacy: {agreed: true, by: Anna, on: 2026-11-01}}
sources:
  crm: {type: files, path: crm.csv}
segments:
  all: {source: crm}
exports:
  weekly: {connection: box, list: all, segments: [all], match: {email: email}}
`;
