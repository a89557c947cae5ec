import { afterEach, beforeEach, describe, expect } from "vitest";
import { onlyAt } from "../support/full.js";
import { openProject, type Project, type Row } from "../support/project.js";
import { remoteOf, type Remote } from "../support/remote.js";

/** Two exports on one list, of which one is refused: nobody is taken off or let go by what it would have done. */
describe.each(["brevo", "sendgrid"] as const)("%s, a shared list", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  let project: Project;
  let remote: Remote;
  let list: string;

  beforeEach(async () => {
    project = await openProject();
    remote = remoteOf(project, type);
    list = await remote.addList("customers");
  });
  afterEach(() => project.stop());

  const configure = (maxAdds?: number): Promise<void> => {
    const shared = { connection: type, list, match: { email: "email" } };
    return project.config({
      segments: { a: { source: "crm", where: "a" }, b: { source: "crm", where: "b" } },
      exports: {
        first: { ...shared, segments: ["a"], safeguards: { maxRemovals: { share: "100%" } } },
        second: {
          ...shared,
          segments: ["b"],
          mode: "upsert",
          safeguards: maxAdds === undefined ? {} : { maxAdds: { count: maxAdds } },
        },
      },
    });
  };
  const row = (name: string, a: boolean, b: boolean): Row => ({ email: `${name}@example.com`, a, b });
  const names = async (): Promise<string[]> =>
    [...(await remote.members(list)).keys()].map((email) => email.split("@")[0] ?? "").sort();

  atBrevo("still takes off who was to move to the refused export", async () => {
    await configure();
    const others = [row("bob", true, false), row("carl", false, true)];
    await project.profiles([row("ann", true, false), ...others]);
    await project.apply();
    await configure(0);
    await project.profiles([row("ann", false, true), ...others]);
    const { exports } = await project.apply();
    expect(exports.map(({ status }) => status)).toEqual(["unchanged", "refused"]);
    expect(await names()).toEqual(["ann", "bob", "carl"]);
    await project.profiles([row("ann", false, false), ...others]);
    await project.apply();
    expect(await names()).toEqual(["bob", "carl"]);
  });

  atSendgrid("keeps who leaves both until both are sent", async () => {
    await configure();
    const others = [row("carl", false, true), row("bob", true, false)];
    await project.profiles([row("ann", true, true), ...others]);
    await project.apply();
    await configure(0);
    await project.profiles([row("ann", false, false), row("dora", false, true), ...others]);
    await project.apply();
    expect(await names()).toEqual(["ann", "bob", "carl"]);
    await configure();
    await project.apply();
    expect(await names()).toEqual(["bob", "carl", "dora"]);
    await project.profiles([row("ann", false, true), ...others]);
    await project.apply();
    expect(await names()).toEqual(["ann", "bob", "carl", "dora"]);
  });
});
