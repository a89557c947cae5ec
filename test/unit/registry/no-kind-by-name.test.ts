import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kindsNamedIn } from "../../support/kind-words.js";
import { project } from "../../support/rollcall.js";

/** Plug-ins themselves, their stand-ins, and what is generated of manifests. */
const THEIRS = /^(?:destinations|backends|notifiers|sources|sandbox|validators)\/|[.]gen[.]ts$/u;

/** Words there that are not the choice of a kind. */
const OTHERWISE: Readonly<Record<string, readonly string[]>> = {
  // The command that starts the stand-ins, and examples of accounts in help.
  "cli/commands/sandbox.ts": ["brevo", "sendgrid"],
  "cli/commands/state/abandon.ts": ["brevo"],
  "cli/commands/state/record.ts": ["brevo"],
  // Schemes of addresses that people write where a path belongs.
  "config/files/path-words.ts": ["postgres", "s3"],
  // What to declare a file as that was taken for text.
  "formats/mistaken-file.ts": ["duckdb"],
  // Parts of names of environment variables, and the scheme before an address.
  "model/words/plain-word.ts": ["brevo", "sendgrid", "slack", "smtp", "webhook"],
  "model/written-address.ts": ["smtp"],
  // What a source and a store both speak.
  "platform/postgres/address.ts": ["postgres"],
};

test("no room but their own names a destination, a source, a store or a notifier", () => {
  const files = readdirSync(join(project, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !THEIRS.test(path))
    .sort();
  expect(files.length).toBeGreaterThan(300);
  const named = files.flatMap((path) => {
    const kinds = kindsNamedIn(readFileSync(join(project, "src", path), "utf8"));
    return kinds.length === 0 ? [] : [[path, kinds] as const];
  });
  expect(Object.fromEntries(named)).toEqual(OTHERWISE);
});

test.each([
  ['if (connection.type === "brevo") return;', ["brevo"]],
  ["const openSendGrid = 1;", ["sendgrid"]],
  ["const host = brevoUrl;", ["brevo"]],
  ['import("../backends/s3/index.js");', ["s3"]],
  ["throw new Failure(`State in S3 is not there`);", ["s3"]],
  ['const words = ["sendinblue"];', ["sendinblue"]],
  ["case 'slack':", ["slack"]],
  ["const name = process.env.SMTP_PASSWORD;", ["smtp"]],
  ['const { type = "local" } = state;', ["local"]],
  ['return connection?.type ?? "file";', ["file"]],
  ['store.type !== "local"', ["local"]],
  ['if (source.type === "duckdb") return;', ["duckdb"]],
  ['sources: { customers: { type: "files", path } }', ["files"]],
])("%s names a kind", (code, kinds) => {
  expect(kindsNamedIn(code)).toEqual(kinds);
});

test.each([
  ["// Brevo wants it so."],
  ["/** Such as `brevo`. */\nconst one = 1;"],
  ['const text = counted(1, "file", "files");'],
  ['if ("file" in ref) return ref.file;'],
  ['return elsewhere ? undefined : named("local", user());'],
  ["const s30 = 1;"],
  ['import { DuckDBInstance } from "@duckdb/node-api";'],
])("%s names none", (code) => {
  expect(kindsNamedIn(code)).toEqual([]);
});
