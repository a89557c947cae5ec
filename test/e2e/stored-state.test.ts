import { readdirSync, readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { jsonLines, type Ended } from "../support/rollcall.js";
import { STORED, StoredProject } from "../support/stored-project.js";

let stored: StoredProject;

describe("a state that an older version stored is shown as that version showed it:", () => {
  beforeAll(async () => {
    stored = await StoredProject.open();
  });
  afterAll(() => stored.stop());

  it.each(readdirSync(join(STORED, "shown")))("%s", async (name) => {
    const [first, ...then] = jsonLines(readFileSync(join(STORED, "shown", name), "utf8"));
    const { words } = first as unknown as { words: readonly string[] };
    expect(comparable(await stored.rollcall(...words))).toMatchObject(then);
    expect(stored.writes).toBe(0);
  });

  /** What does not hang on when and where a command runs. */
  function comparable({ events }: Ended): unknown {
    const text = JSON.stringify(events.filter(({ type }) => type !== "version" && type !== "stage"))
      .replaceAll(stored.folder, "FOLDER")
      .replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT");
    return JSON.parse(text, (key, value: unknown) =>
      key === "time" || key === "createdAt" ? undefined : value,
    );
  }
});

describe("a state that an older version stored is still in force:", () => {
  beforeEach(async () => {
    stored = await StoredProject.open();
  });
  afterEach(() => stored.stop());

  const apply = (...words: readonly string[]): Promise<Ended> =>
    stored.rollcall("apply", "--no-notify", ...words);
  const approval = "plan.json.anna@example.com.approval.json";

  it("a plan that was saved and approved is applied as it is, and once", async () => {
    expect(stored.brevo("Weekly")).toEqual(["anna", "ben", "emil", "stranger", "vera", "vic", "viola"]);
    // What the sources say since does not count.
    await stored.edit("profiles.csv", (text) => text.replace(/^anton,.*\n/m, ""));
    const { code, stdout, stderr } = await apply("plan.json");
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("Apply complete: 7 added, 0 changed, 2 removed.");
    expect(stored.brevo("Weekly")).toEqual([
      "anna",
      "anton",
      "ben",
      "berta",
      "emil",
      "stranger",
      "valentin",
      "vera",
      "vic",
      "wanda",
    ]);
    expect(stored.brevo("Partners 2026")).toEqual(["anna", "anton", "ben", "berta", "dora"]);
    expect(stored.brevo("VIPs")).toEqual(["valentin", "vera", "vic"]);
    const again = await apply("plan.json");
    expect([again.code, again.stderr]).toEqual([6, expect.stringContaining("has been applied") as string]);
  });

  it("an interrupted run of a saved plan is finished, and an unknown outcome is found", async () => {
    const hobby = (): unknown => stored.sandbox.sendgrid().contact("ben@example.com")?.["custom_fields"];
    // The first of two requests was carried out, and its answer is not in the journal.
    expect(stored.sendgrid("Loyal")).toEqual(["anna", "anton", "ben", "berta", "dora"]);
    expect(hobby()).toEqual({ HOBBY: "chess" });
    const { code, stderr } = await apply("begun.json");
    expect(code, stderr).toBe(0);
    expect(stored.sendgrid("Loyal")).toEqual(["anna", "anton", "ben", "berta", "dora"]);
    expect(hobby()).toEqual({ HOBBY: "go" });

    expect(stored.sendgrid("Win back")).toEqual(["vera", "vic", "viola"]);
    const rest = ["--target", "winback", "--override", "winback:max-adds", "--auto-approve"];
    expect((await apply(...rest)).code).toBe(0);
    expect(stored.sendgrid("Win back")).toEqual(["valentin", "vera", "vic"]);
    expect((await stored.rollcall("state", "show", "sendgrid:1001")).stdout).not.toMatch(
      /unfinished|unknown/,
    );
  });

  it("a person who was forgotten stays away, also with an address that no list had", async () => {
    const row = "z2,999,zoe.old@example.com,Zoe,chess,1980-02-03,false,true\n";
    await stored.edit("profiles.csv", (text) => text + row);
    const { stdout } = await stored.rollcall("plan", "--target", "weekly");
    expect(stdout).toContain("2 forgotten");
    expect(stdout).not.toContain("+ z");
  });

  it("a trial that waited is cleaned up", async () => {
    expect(stored.brevo("Scratch")).toEqual(["trial.two"]);
    const words = ["connections", "verify", "brevo", "--clean-up", "--auto-approve"];
    const { code, stderr } = await stored.rollcall(...words);
    expect(code, stderr).toBe(0);
    expect(stored.brevo("Scratch")).toEqual([]);
    expect((await stored.rollcall("status")).stdout).not.toContain("trial");
  });

  it.each<[what: string, change: () => Promise<void>, words: string[], code: number, message: string]>([
    ["the root", alterRoot, ["plan"], 3, "its root document was changed"],
    [
      "a ledger",
      () => damageAll("ledger"),
      ["plan", "--target", "weekly"],
      1,
      "is damaged (its bytes changed)",
    ],
    ["the forgotten", () => damageAll("forgotten"), ["plan"], 1, "is damaged (its bytes changed)"],
    [
      "a plan file",
      () => swap("plan.json", '"add": 4', '"add": 3'),
      ["apply", "plan.json"],
      6,
      "was changed",
    ],
    ["a plan's rows", damageRows, ["apply", "plan.json"], 1, "is damaged (its bytes changed)"],
    [
      "an approval",
      () => swap(approval, "07T09", "07T08"),
      ["apply", "plan.json"],
      5,
      "its signature is not",
    ],
  ])("%s is refused when it was altered", async (_what, change, words, code, message) => {
    await change();
    const refused = await stored.rollcall(...words);
    const said = `${refused.stdout}${refused.stderr}`.replaceAll(/\s+/g, " ");
    expect([refused.code, said]).toEqual([code, expect.stringContaining(message) as string]);
    expect(stored.writes).toBe(0);
  });

  async function swap(path: string, before: string, after: string): Promise<void> {
    await stored.edit(path, (text) => {
      expect(text).toContain(before);
      return text.replace(before, after);
    });
  }
  async function alterRoot(): Promise<void> {
    const [name = ""] = await readdir(join(stored.folder, ".rollcall/root"));
    await swap(join(".rollcall/root", name), '"people": 2', '"people": 1');
  }
  async function damageAll(kind: string): Promise<void> {
    const folder = join(".rollcall/blobs", kind);
    for (const name of await readdir(join(stored.folder, folder))) await stored.damage(join(folder, name));
  }
  async function damageRows(): Promise<void> {
    const text = await readFile(join(stored.folder, "plan.json"), "utf8");
    const { rows } = JSON.parse(text) as { readonly rows: { readonly name: string } };
    await stored.damage(join(".rollcall/blobs", rows.name));
  }
});
