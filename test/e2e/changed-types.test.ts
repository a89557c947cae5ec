import { expect, it, onTestFinished } from "vitest";
import { BREVO_KEY, openProject, SENDGRID_KEY } from "../support/project.js";
import { remoteOf } from "../support/remote.js";

it.each(["brevo", "sendgrid"] as const)(
  "%s: an attribute that somebody turned into a number is refused with an explanation while values are not numbers",
  async (vendor) => {
    const project = await openProject();
    onTestFinished(() => project.stop());
    const remote = remoteOf(project, vendor);
    const list = await remote.addList("customers");
    const brevo = project.sandbox.brevo();
    const sendgrid = project.sandbox.sendgrid();
    if (vendor === "brevo") brevo.addAttribute({ name: "TIER", category: "normal", type: "text" });
    const field = vendor === "brevo" ? "" : sendgrid.addField("TIER", "Text");
    const configure = (more: Record<string, unknown> = {}): Promise<void> =>
      project.config({
        segments: { all: { source: "crm" } },
        exports: {
          weekly: {
            connection: vendor,
            list,
            segments: ["all"],
            match: { email: "email" },
            attributes: { TIER: { column: "tier", ...more } },
          },
        },
      });
    const people = (...tiers: string[]): Promise<void> =>
      project.profiles(tiers.map((tier, index) => ({ email: `p${index}@example.com`, tier })));
    await configure();
    await people("gold", "2", "x3");
    await project.apply();

    const [url, headers] =
      vendor === "brevo"
        ? [`${project.sandbox.brevoUrl}/contacts/attributes/normal/TIER`, { "api-key": BREVO_KEY }]
        : [
            `${project.sandbox.sendgridUrl}/v3/marketing/field_definitions/${field}`,
            { authorization: `Bearer ${SENDGRID_KEY}` },
          ];
    expect((await fetch(url, { method: "DELETE", headers: headers as Record<string, string> })).ok).toBe(
      true,
    );
    if (vendor === "brevo") brevo.addAttribute({ name: "TIER", category: "normal", type: "float" });
    else sendgrid.addField("TIER", "Number");

    const failed = (await project.planOf("weekly")).checks.filter(({ name }) => name === "type-changed");
    expect(failed).toMatchObject([
      {
        status: "failed",
        message: expect.stringMatching(
          /^TIER was text at the destination .* is number now: 2 values do not fit .*line 2/,
        ),
        hint: expect.stringContaining("say `type: number` in the export"),
      },
    ]);
    const before = project.exchanges.length;
    expect(await project.applyOf("weekly")).toMatchObject({ status: "refused", updated: 0 });
    expect(project.exchanges.slice(before).filter(({ method }) => method === "PUT")).toEqual([]);

    // What fits is sent, and so is the rest once somebody says that it is meant.
    await people("1", "2", "3");
    expect(await project.applyOf("weekly")).toMatchObject({ status: "succeeded", updated: 3 });
    const held = [...(await remote.members(list)).values()].map(({ TIER }) => TIER).toSorted();
    expect(held).toEqual([1, 2, 3]);
    await configure({ type: "number" });
    await people("1", "many", "3");
    expect((await project.planOf("weekly")).checks.map(({ name }) => name)).not.toContain("type-changed");
  },
);
