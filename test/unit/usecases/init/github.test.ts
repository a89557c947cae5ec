import { expect, test } from "vitest";
import { parse } from "yaml";
import { type Variant, VARIANTS, writtenFor } from "../../../support/ci/written.js";
import type { Workflow } from "../../../support/ci/workflow.js";
import { workflowFaults } from "../../../support/ci/workflow-faults.js";

const workflows = async (variant: Variant): Promise<[string, string][]> =>
  [...(await writtenFor("github", variant))].filter(([path]) => path.endsWith(".yaml"));

test("GitHub's own parser finds faults", () => {
  const fine = "on: push\njobs: {a: {runs-on: x, steps: [{run: x}]}}\n";
  const found = workflowFaults([
    fine,
    fine.replace("run: x", "runs: x"),
    fine.replace("run: x", 'run: "${{ nothing.there }}"'),
  ]);
  expect(found.map((faults) => faults.length > 0)).toEqual([false, true, true]);
});

test("the workflows are sound to GitHub's own parser, filled in, and log in to the cloud that holds the state", async () => {
  const all = await Promise.all(
    VARIANTS.map(async (variant) =>
      (await workflows(variant)).map(([path, text]) => ({ variant, path, text })),
    ),
  );
  const files = all.flat();
  expect(files).toHaveLength(32);
  const faults = workflowFaults(files.map(({ text }) => text));
  const login = { azureBlob: "azure/login@", s3: "aws-actions/configure-aws-credentials@" };
  for (const [index, { variant, path, text }] of files.entries()) {
    expect([variant, path, faults[index]]).toEqual([variant, path, []]);
    expect(text).not.toMatch(/__[A-Z]+__|# (?:if \w+|end)$/m);
    for (const [store, action] of Object.entries(login))
      expect([variant, path, text.includes(action)]).toEqual([variant, path, store === variant.store]);
  }
});

test("where the config has a key for the store, nothing logs in to its cloud", async () => {
  const keys = [
    { store: "azureBlob", environments: true, key: { accountKey: { env: "STORE_KEY" } } },
    {
      store: "s3",
      environments: false,
      key: { accessKeyId: { env: "STORE_ID" }, secretAccessKey: { env: "STORE_KEY" } },
    },
  ] as const;
  for (const system of ["github", "gitlab", "azure"] as const)
    for (const { key, ...variant } of keys) {
      const text = [...(await writtenFor(system, variant, key)).values()].join("\n");
      expect([system, text.match(/AWS_ROLE_ARN|AZURE_CLIENT_ID|AzureCLI|id-token|id_tokens/g)]).toEqual([
        system,
        null,
      ]);
      expect(text).toContain("STORE_KEY");
    }
});

test("who can write holds no secret and checks nothing out, and who has secrets can write nothing", async () => {
  for (const [path, text] of await workflows({ store: "azureBlob", environments: true })) {
    const { on, jobs } = parse(text) as Workflow;
    expect(Object.keys(on)).not.toContain("pull_request_target");
    expect(parse(text)).toMatchObject({ permissions: {} });
    for (const [name, { permissions = {}, steps }] of Object.entries(jobs)) {
      const writes = Object.entries(permissions).filter(
        ([what, way]) => way === "write" && what !== "id-token",
      );
      const own = JSON.stringify(steps);
      if (writes.length > 0) {
        expect([path, name, own.includes("secrets."), own.includes("checkout")]).toEqual([
          path,
          name,
          false,
          false,
        ]);
        expect(permissions).not.toHaveProperty("id-token");
      }
      // No program of a cloud is run in the checkout before the plan, since they read settings of the folder they run in.
      if (path.endsWith("plan.yaml") && own.includes("azure/login"))
        expect(own.indexOf("azure/login")).toBeLessThan(own.indexOf("actions/checkout"));
      expect([path, name, own.includes("secrets.BREVO_API_KEY")]).toEqual([
        path,
        name,
        own.includes("ROLLCALL_ENV") && name !== "check",
      ]);
    }
  }
});
