import fc from "fast-check";
import { expect, it } from "vitest";
import { FULL } from "../support/full.js";
import type { Yaml } from "../support/project.js";
import { Series } from "../support/series.js";
import { openStory } from "../support/story.js";

const STORIES = FULL ? 70 : 5;
const PEOPLE = 500;

const people = Array.from({ length: PEOPLE }, (_, index) => ({ email: `p${index}@example.com`, note: "x" }));
const csv = `email,note\n${people.map(({ email, note }) => `${email},"${note}"\n`).join("")}`;

/** Gives as much of a file as it is told, and ends as it is told. */
const GIVE = `
import { readFileSync } from "node:fs";
const [file] = process.argv.slice(2);
const { bytes, ends } = JSON.parse(readFileSync("cut.json", "utf8"));
process.stdout.write(readFileSync(file).subarray(0, bytes), () => {
  if (ends === "killed") process.kill(process.pid, "SIGKILL");
  process.exitCode = ends === "failed" ? 7 : 0;
});
`;

/** What the program gives, what is said of it, and how it may end without being noticed by its exit code. */
const WAYS: readonly {
  readonly name: string;
  readonly content: string;
  readonly options: Yaml;
  readonly ends: readonly ("well" | "failed" | "killed")[];
}[] = [
  { name: "CSV", content: csv, options: { format: "csv" }, ends: ["failed", "killed"] },
  {
    name: "CSV with a trailer",
    content: `${csv}# rows=${PEOPLE}`,
    options: { format: "csv", trailer: "# rows={rows}" },
    ends: ["well", "failed", "killed"],
  },
  {
    name: "CSV that is counted",
    content: csv,
    options: { format: "csv", countCommand: [process.execPath, "-e", `console.log(${PEOPLE})`] },
    ends: ["well", "failed", "killed"],
  },
  {
    name: "a JSON array",
    content: JSON.stringify(people),
    options: { format: "json" },
    ends: ["well", "failed", "killed"],
  },
];

it.each(WAYS)(
  `a program that is cut off anywhere gives nothing, and takes nobody off (${STORIES} stories): $name`,
  async ({ name, content, options, ends }) => {
    const story = await openStory("file");
    try {
      await story.write("give.mjs", GIVE);
      await story.write("people.txt", content);
      await story.write("cut.json", JSON.stringify({ bytes: content.length, ends: "well" }));
      await story.configure(
        { mode: "mirror", list: { name: "customers", create: true }, attributes: { note: "note" } },
        {
          sources: {
            crm: { type: "command", command: [process.execPath, "give.mjs", "people.txt"], ...options },
          },
        },
      );
      await story.apply();
      const cut = fc.record({
        bytes: fc.integer({ min: 0, max: content.length - 1 }),
        ends: fc.constantFrom(...ends),
      });
      let told = 0;
      await new Series(`a program that gives ${name} is cut off`).tellWhile(
        () => told < STORIES,
        async (seed) => {
          told += 1;
          await story.write("cut.json", JSON.stringify(fc.sample(cut, { seed, numRuns: 1 })[0]));
          const { counts, error } = await story.planOf("weekly");
          expect({ seed, isRefused: error !== undefined, remove: counts.remove }).toEqual({
            seed,
            isRefused: true,
            remove: 0,
          });
        },
      );
      await story.write("cut.json", JSON.stringify({ bytes: content.length, ends: "well" }));
      expect((await story.planOf("weekly")).counts).toMatchObject({ unchanged: PEOPLE, remove: 0 });
    } finally {
      await story.stop();
    }
  },
);
