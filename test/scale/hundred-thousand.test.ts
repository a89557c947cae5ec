import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { writeProfiles } from "../../bench/profiles.mjs";
import { openProject, type Project } from "../support/project.js";

const ROWS = 100_000;

describe("a hundred thousand people", () => {
  let project: Project | undefined;

  afterEach(async () => project?.stop());

  test.each(["brevo", "sendgrid"] as const)(
    "arrive at %s, change, leave, and every second plan is empty",
    { timeout: 600_000 },
    async (destination) => {
      project = await openProject();
      const file = join(project.folder, "profiles.csv");
      await writeProfiles(file, { from: 0, to: ROWS });
      await project.config({
        connections: project.connections({ contract: { contacts: 1_000_000 } }),
        sources: { people: { type: "files", path: "profiles.csv" } },
        segments: { everyone: { source: "people" } },
        exports: {
          everyone: {
            connection: destination,
            list: { name: "Everyone", create: true },
            segments: ["everyone"],
            match: { email: "email" },
            createMissing: true,
            attributes: {
              firstName: "first_name",
              phone: { column: "phone", countryColumn: "country" },
              SCORE: { column: "score", type: "number" },
              SINCE: { column: "since", type: "date" },
            },
          },
        },
      });
      expect((await project.planOf("everyone")).counts).toMatchObject({ add: ROWS, update: 0, remove: 0 });
      expect(await project.applyOf("everyone")).toMatchObject({ status: "succeeded", added: ROWS });
      expect((await project.planOf("everyone")).counts).toMatchObject({
        add: 0,
        update: 0,
        remove: 0,
        unchanged: ROWS,
      });

      await writeProfiles(file, { from: 1000, to: ROWS + 500, changedEvery: 100 });
      const churn = { add: 500, update: 990, remove: 1000 };
      expect((await project.planOf("everyone")).counts).toMatchObject(churn);
      expect(await project.applyOf("everyone")).toMatchObject({
        status: "succeeded",
        added: churn.add,
        updated: churn.update,
        removed: churn.remove,
      });
      expect((await project.planOf("everyone")).counts).toMatchObject({
        add: 0,
        update: 0,
        remove: 0,
        unchanged: ROWS - 500,
      });
    },
  );
});
