import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installsByName } from "../support/install-words.js";
import { project } from "../support/rollcall.js";

const NAME = ["roll", "call"].join("");

test.each([
  ["npm install NAME"],
  ["npm i -g NAME@0.1.0"],
  ["npm install --global --ignore-scripts NAME"],
  ['RUN npm install "NAME@^1"'],
  ["npm install pg NAME"],
  ["npm install \\\n  NAME"],
  ["npx NAME plan"],
  ["npx -y NAME@latest"],
  ["npx --no NAME"],
  ["npx --package NAME -- NAME plan"],
  ["npm exec NAME"],
  ["pnpm dlx NAME plan"],
  ["yarn add NAME"],
  ["bunx NAME"],
  ["run(`npm install NAME`)"],
  ['["install", "--global", "NAME"]'],
])("a command that fetches the package by name is found: %s", (command) => {
  expect(installsByName(command.replaceAll("NAME", NAME))).not.toEqual([]);
});

test.each([
  ["npm install ./NAME.tgz"],
  ["npm ci --ignore-scripts"],
  ["npm run package -- ../lists"],
  ["npx --no-install NAME plan"],
  ["npx --no -- NAME plan"],
  ["npm install pg; NAME plan"],
  ["`npm install pg` beside NAME"],
  ["NAME is not on the npm registry"],
  ["node_modules/.bin/NAME"],
])("a command that does not is not found: %s", (command) =>
  expect(installsByName(command.replaceAll("NAME", NAME))).toEqual([]),
);

test("no file of this repository tells anybody to fetch a package name that is not ours", () => {
  const listed = execFileSync("git", ["ls-files", "-z"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  const texts = listed
    .split("\0")
    .filter((path) => !/^$|\.(?:parquet|gz|zst|png)$|package-lock\.json$/.test(path));
  expect(texts.length).toBeGreaterThan(500);
  const found = texts.flatMap((path) =>
    installsByName(readFileSync(join(project, path), "utf8")).map((command) => `${path}: ${command}`),
  );
  expect(found).toEqual([]);
});

test("nothing of this repository can be published by accident", () => {
  const manifest = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as Record<string, unknown>;
  expect(manifest).toMatchObject({ private: true, publishConfig: { provenance: true } });
});
