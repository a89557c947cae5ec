import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { file } from "../../src/destinations/file/index.js";
import { connection as connectionOf, mapping } from "../unit/destinations/brevo/fixtures.js";
import { destinationSuite } from "./destination.js";
import { manifest } from "../../src/destinations/file/manifest.js";
import type { Harness } from "./harness.js";

/** A folder of lists in a project of its own. */
async function fileHarness(): Promise<Harness> {
  const project = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const scratch = join(project, "scratch");
  const lists = join(project, "lists");
  await Promise.all([mkdir(scratch), mkdir(lists)]);
  const connection = connectionOf({ path: "lists" }, { type: "file", kind: manifest });
  const pathOf = (list: string): string => join(lists, `${list}.csv`);
  return {
    plugin: file,
    connection,
    scratch,
    open: () => file.open({ connection, apiKey: undefined, folder: project, scratch, spent: {} }),
    attributes: [
      { mapping: mapping("firstName"), before: 'Zoë "Z", x', after: "Ann\\e\n" },
      { mapping: mapping("score", { type: "number" }), before: 12, after: 0.5 },
      { mapping: mapping("since", { type: "date" }), before: "2021-02-11", after: "2021-02-12" },
    ],
    absentList: "nobody-has-this",
    manyMembers: 3000,
    addList: async (name) => {
      await writeFile(pathOf(name), "email,note\n", { mode: 0o600 });
      return name;
    },
    addStrangers: (list, emails) =>
      appendFile(pathOf(list), emails.map((email) => `${email},"a, b"\n`).join("")),
    emailsOn: async (list) => {
      // Values here hold no comma before the address, which comes first.
      const rows = (await readFile(pathOf(list), "utf8")).match(/^[^,"\s]+@[^,"\s]+/gm);
      return rows ?? [];
    },
    settle: () => Promise.resolve(),
    remote: undefined,
    stop: () => rm(project, { recursive: true }),
  };
}

destinationSuite("file", fileHarness);
