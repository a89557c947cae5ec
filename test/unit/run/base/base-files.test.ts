import { describe, expect, it } from "vitest";
import { baseFilesOf, MOST_BYTES, MOST_FILES, staysWithin } from "../../../../src/run/base/base-files.js";

const ID = "a".repeat(40);
const line = (path: string, mode = "100644", bytes: number | string = 7): string =>
  `${mode} blob ${ID} ${String(bytes).padStart(7)}\t${path}\0`;
const fault = (...lines: string[]): string | undefined => {
  const found = baseFilesOf(Buffer.from(lines.join(""), "latin1"));
  return "fault" in found ? found.fault : undefined;
};

describe("the files of a base's config", () => {
  it("are YAML files and links, by any name that stays in place", () => {
    const names = ["a.yaml", "..b/c.YML", "d e\n.yaml", "x\\y.yaml"];
    const listed = [...names.map((name) => line(name)), line("link", "120000"), line("data.csv")];
    const submodule = `160000 commit ${ID}       -\tlists\0`;
    expect(baseFilesOf(Buffer.from([...listed, submodule].join("")))).toEqual([
      ...names.map((path) => ({ id: ID, path, link: false })),
      { id: ID, path: "link", link: true },
    ]);
  });

  it.each(["../a.yaml", "/a.yaml", "a/../../b.yaml", "..\\a.yaml", ".git/a.yaml", "a//b.yaml", "\xff.yaml"])(
    "are unknown when one of them is called %j",
    (name) => expect(fault(line("fine.yaml"), line(name))).toMatch(/is not a name of a file here/),
  );

  it("are limited in number and size, and complete", () => {
    expect(fault(line("a.yaml", "100644", MOST_BYTES))).toBeUndefined();
    expect(fault(line("a.yaml", "100644", MOST_BYTES), line("b.yaml", "100644", 1))).toMatch(
      /more than 32 MB/,
    );
    const many = Array.from({ length: MOST_FILES + 1 }, (_, index) => line(`${index}.yaml`));
    expect(fault(...many.slice(1))).toBeUndefined();
    expect(fault(...many)).toMatch(/more than 5000/);
  });
});

it.each([
  ["lists/part.yaml", "../shared/part.yaml", true],
  ["lists/part.yaml", "../..copy/part.yaml", true],
  ["lists/part.yaml", "../../part.yaml", false],
  ["part.yaml", "..", false],
  ["part.yaml", "/etc/part.yaml", false],
])("a link %s to %s stays within: %s", (path, target, stays) => {
  expect(staysWithin("/copy", path, target)).toBe(stays);
});
