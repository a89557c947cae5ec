import { mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LocalBackend } from "../../../../src/backends/local/local-backend.js";
import { Failure } from "../../../../src/model/failure.js";
import { CANARY, folderElsewhere, HOSTILE } from "../../../support/hostile-files.js";

const signal = new AbortController().signal;
const bytes = Buffer.from("x");

async function messageOf(work: () => Promise<unknown>): Promise<string> {
  const error = await work().then(
    () => new Error("it went well"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof Failure)) throw error;
  return error.message;
}

describe("a state folder that a checkout brought along", () => {
  it.each(["root", "blobs", "leases", "tmp"])("is not used when its %s leads elsewhere", async (name) => {
    const [folder, elsewhere] = [await folderElsewhere(), await folderElsewhere()];
    const mine = join(elsewhere, "thesis");
    await writeFile(mine, "years of work");
    // What is a day old and not ours counts as left by another machine.
    await utimes(mine, new Date(0), new Date(0));
    await symlink(elsewhere, join(folder, name));
    const backend = new LocalBackend(folder);
    for (const work of [
      () => backend.readRoot(signal),
      () => backend.writeRoot(bytes, undefined, signal),
      () => backend.putBlob("journal/1/r/000001.json", { bytes }, signal),
      () => backend.readBlob("journal/1/r/000001.json", signal),
      () => backend.deleteBlob("thesis", signal),
      () => backend.leases(signal),
    ])
      expect(await messageOf(work)).toContain("leads out of the state folder");
    expect(await readdir(elsewhere)).toEqual(["thesis"]);
  });

  it("is not used when a folder of blobs leads elsewhere", async () => {
    const [folder, elsewhere] = [await folderElsewhere(), await folderElsewhere()];
    await mkdir(join(folder, "blobs"));
    await writeFile(join(elsewhere, "thesis"), CANARY);
    await symlink(elsewhere, join(folder, "blobs/journal"));
    const backend = new LocalBackend(folder);
    for (const work of [
      () => backend.putBlob("journal/1", { bytes }, signal),
      () => backend.readBlob("journal/thesis", signal),
      () => backend.getBlob("journal/thesis", join(folder, "copy"), signal),
      () => backend.deleteBlob("journal/thesis", signal),
    ])
      expect(await messageOf(work)).toContain("leads out of");
    expect(await readdir(elsewhere)).toEqual(["thesis"]);
  });

  it.each(HOSTILE)("has no root document or blob that is $name", async ({ put }) => {
    const folder = await folderElsewhere();
    await mkdir(join(folder, "root"));
    await mkdir(join(folder, "blobs/journal"), { recursive: true });
    await put(join(folder, "root/000000000001.json"));
    await put(join(folder, "blobs/journal/1"));
    const backend = new LocalBackend(folder);
    for (const work of [
      () => backend.readRoot(signal),
      () => backend.readBlob("journal/1", signal),
      () => backend.getBlob("journal/1", join(folder, "copy"), signal),
    ])
      expect(await messageOf(work)).not.toContain(CANARY);
  });
});
