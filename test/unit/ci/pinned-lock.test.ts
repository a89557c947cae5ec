import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backends } from "../../../src/registry/backends.js";
import { project } from "../../support/rollcall.js";

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}
interface Pinned {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly lock: { readonly packages: Readonly<Record<string, Entry>> };
}
const { pinnedLock } = (await import(
  new URL("../../../.ci/package/pinned-lock.mjs", import.meta.url).href
)) as {
  pinnedLock: (source: object, options: object) => Pinned;
};
const source = JSON.parse(readFileSync(join(project, "package-lock.json"), "utf8")) as {
  packages: Readonly<Record<string, Entry & { readonly peerDependencies?: object }>>;
};
const pin = (...libraries: string[]): Pinned =>
  pinnedLock(source, { archive: "rollcall.tgz", integrity: "sha512-own", libraries });

test.each(backends)(
  "what is installed for a store of type $type is pinned whole",
  ({ packages: libraries }) => {
    const { dependencies, lock } = pin(...libraries);
    const { "": root, ...entries } = lock.packages;
    expect(root?.dependencies).toEqual(dependencies);
    expect(Object.keys(dependencies)).toEqual(["rollcall", ...libraries]);
    for (const [name, range] of Object.entries(dependencies))
      if (name !== "rollcall") expect(range).toBe(source.packages[`node_modules/${name}`]?.version);
    for (const [path, { version, integrity, resolved, dev, dependencies: needed = {} }] of Object.entries(
      entries,
    )) {
      expect(version, path).toMatch(/^\d+\.\d+\.\d+/);
      expect(integrity, path).toMatch(/^sha512-/);
      expect([path, resolved]).toEqual([
        path,
        path === "node_modules/rollcall" ? "file:rollcall.tgz" : undefined,
      ]);
      expect([path, dev]).toEqual([path, undefined]);
      // The very package that our tests ran with, and nothing that it needs is missing.
      if (path !== "node_modules/rollcall") expect(integrity).toBe(source.packages[path]?.integrity);
      for (const name of Object.keys(needed))
        expect([path, name, isFound(entries, path, name)]).toEqual([path, name, true]);
    }
    expect(entries["node_modules/rollcall"]).toMatchObject({
      integrity: "sha512-own",
      peerDependencies: expect.anything(),
    });
  },
);

test("packages of development, and libraries that nobody asked for, are not installed", () => {
  const paths = Object.keys(pin().lock.packages);
  expect(paths.filter((path) => /typescript|vitest|node_modules\/pg$|@aws-sdk|@azure/.test(path))).toEqual(
    [],
  );
  expect(paths).toContain("node_modules/@duckdb/node-bindings-darwin-arm64");
});

test("users get few packages", () => {
  // With one of the eight platforms of the SQL engine.
  const forOne = Object.keys(pin().lock.packages).filter(
    (path) => !/^$|node_modules\/rollcall$|node-bindings-(?!linux-x64$)/.test(path),
  );
  expect(forOne.length).toBeLessThanOrEqual(68);
});

/** As Node.js looks for it. */
function isFound(entries: Readonly<Record<string, Entry>>, from: string, name: string): boolean {
  const folders = from
    .split("/node_modules/")
    .map((_, at, all) => all.slice(0, at + 1).join("/node_modules/"));
  return [`node_modules/${name}`, ...folders.map((folder) => `${folder}/node_modules/${name}`)].some(
    (path) => entries[path] !== undefined,
  );
}
