import { carryOut } from "./carry-out.js";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { file } from "../../../../src/destinations/file/index.js";
import { Failure } from "../../../../src/model/failure.js";
import type { Destination } from "../../../../src/plugin/destination.js";
import { CANARY, folderElsewhere, HOSTILE } from "../../../support/hostile-files.js";
import { connection } from "../brevo/fixtures.js";

const signal = new AbortController().signal;
const NOBODY = { lists: ["people"], since: undefined } as unknown as Parameters<Destination["optOuts"]>[0];

async function project(): Promise<{ folder: string; lists: string; open: () => Destination }> {
  const [folder, scratch] = [await folderElsewhere(), await folderElsewhere()];
  const lists = join(folder, "lists");
  await mkdir(lists);
  const open = (): Destination =>
    file.open({
      connection: connection({ path: "lists" }, { type: "file" }),
      apiKey: undefined,
      folder,
      scratch,
      spent: {},
    });
  return { folder, lists, open };
}

async function messageOf(work: () => Promise<unknown>): Promise<string> {
  const error = await work().then(
    () => new Error("it went well"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw error;
  return `${error.message} ${error.hint}`;
}

const body = `${JSON.stringify({ email: "a@example.com", attributes: {} })}\n`;

describe.each(HOSTILE)("a list or a file of opt-outs that is $name", ({ put, said }) => {
  it("is neither read nor written", async () => {
    const { lists, open } = await project();
    await put(join(lists, "people.csv"));
    const batch = { operation: "add", route: "any", listId: "people", body, rows: 1 } as const;
    for (const work of [
      () => open().members("people", {} as never, signal),
      () => open().fields(signal),
      () => open().write(batch, signal),
      () => open().contacts(["a@example.com"], signal),
      () => open().withdraw([{ email: "a@example.com", lists: ["people"] } as never], {} as never, signal),
    ]) {
      const message = await messageOf(work);
      expect(message).toMatch(said);
      expect(message).not.toContain(CANARY);
    }
  });

  it("does not count as nobody", async () => {
    const { lists, open } = await project();
    await put(join(lists, "unsubscribed.csv"));
    expect(await messageOf(() => open().optOuts(NOBODY, signal))).toMatch(said);
  });
});

it("a list may be a link within the folder, and what it leads to is written", async () => {
  const { lists, open } = await project();
  await writeFile(join(lists, "2026.csv"), "email\r\n");
  await symlink("2026.csv", join(lists, "people.csv"));
  await carryOut(open(), { operation: "add", route: "any", listId: "people", body, rows: 1 });
  expect(await readFile(join(lists, "2026.csv"), "utf8")).toBe("email\r\na@example.com\r\n");
  expect(await readdir(lists)).toEqual(["2026.csv", "people.csv"]);
});

it("a folder of lists may not lead elsewhere, neither now nor once that is there", async () => {
  const { folder, open } = await project();
  const elsewhere = await folderElsewhere();
  for (const [name, target] of [
    ["out", elsewhere],
    ["later", join(elsewhere, "later")],
    ["git", ".git/hooks"],
  ] as const) {
    await symlink(target, join(folder, name));
    const destination = file.open({
      connection: connection({ path: name }, { type: "file" }),
      apiKey: undefined,
      folder,
      scratch: folder,
      spent: {},
    });
    expect(await messageOf(() => destination.lists(signal)), name).toContain("leads out of the project");
  }
  expect(await open().lists(signal)).toEqual([]);
});
