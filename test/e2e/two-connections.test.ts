import { afterEach, beforeEach, expect, it } from "vitest";
import { letTimePass, resetClock } from "../support/clock.js";
import { openProject, SENDGRID_KEY, type Project, type Yaml } from "../support/project.js";

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(async () => {
  resetClock();
  await project.stop();
});

const groupsOf = (): { ads: number; news: number; lists: string[] } => {
  const state = project.sandbox.sendgrid();
  const ads = state.addGroup("ads").id;
  const news = state.addGroup("news").id;
  state.unsubscribeFromGroup("ann@example.com", ads);
  state.unsubscribeFromGroup("bob@example.com", news);
  return { ads, news, lists: [state.addList("first"), state.addList("second")] };
};
const two = (lists: readonly string[], first: Yaml, second: Yaml): Yaml => {
  const { sendgrid } = project.connections({ optOuts: { maxAge: "1s" } });
  return {
    connections: { first: { ...sendgrid, ...first }, second: { ...sendgrid, ...second } },
    segments: { all: { source: "crm" } },
    exports: Object.fromEntries(
      ["first", "second"].map((connection, index) => [
        connection,
        { connection, list: lists[index], segments: ["all"], match: { email: "email" } },
      ]),
    ),
  };
};
const people = (...names: string[]): Promise<void> =>
  project.profiles(names.map((name) => ({ email: `${name}@example.com` })));
const on = (list: string | undefined): string[] =>
  project.sandbox
    .sendgrid()
    .members(list ?? "")
    .map(({ email }) => String(email).split("@")[0] ?? "")
    .sort();

it("the unsubscribe groups of every connection to one account count", async () => {
  const { ads, news, lists } = groupsOf();
  await project.config(two(lists, { unsubscribeGroups: [ads] }, { unsubscribeGroups: [news] }));
  await people("ann", "bob", "carl");
  await project.apply();
  // An opt-out read for one connection is known for the account.
  for (const list of lists) expect(on(list)).toEqual(["carl"]);
});

it("the groups of connections outside the run count, now and right before it sends, whatever it knew before", async () => {
  const { ads, news, lists } = groupsOf();
  const config = two(lists, { unsubscribeGroups: [ads] }, { unsubscribeGroups: [news] });
  await project.config(config);
  await people("ann", "bob", "carl");
  const only = { targets: ["first"] };
  expect((await project.planOf("first", only)).counts).toMatchObject({
    add: 1,
    heldBack: { "opted out": 2 },
  });
  await project.apply(only);
  expect(on(lists[0])).toEqual(["carl"]);

  await people("ann", "bob", "carl", "dora", "eve");
  await project.applyResult({
    ...only,
    approve: async () => {
      project.sandbox.sendgrid().unsubscribeFromGroup("dora@example.com", news);
      letTimePass(2);
      return true;
    },
  });
  expect(on(lists[0])).toEqual(["carl", "eve"]);

  // A connection without an export, one whose key is gone, and one that does not name the group any more.
  const { second: _, ...rest } = config["exports"] as Yaml;
  await project.config({ ...config, exports: rest });
  expect((await project.planOf("first")).counts).toMatchObject({ add: 0, heldBack: { "opted out": 3 } });
  const lost = { apiKey: { file: "gone.key" }, unsubscribeGroups: [news] };
  await project.config(two(lists, { unsubscribeGroups: [ads] }, lost));
  project.sandbox.sendgrid().unsubscribeFromGroup("fay@example.com", news);
  await people("ann", "bob", "carl", "dora", "eve", "fay");
  expect((await project.planOf("first", only)).counts).toMatchObject({
    add: 0,
    heldBack: { "opted out": 4 },
  });
  await project.apply(only);
  const said = expect.stringContaining('"second" cannot be asked') as string;
  expect(project.events).toContainEqual(expect.objectContaining({ type: "warning", message: said }));
  await project.config(two(lists, { unsubscribeGroups: [ads] }, {}));
  await project.apply();
  for (const list of lists) expect(on(list)).not.toContain("bob");
  expect((await project.plan()).accounts).toMatchObject([
    {
      checks: [
        { name: "opt-out-place", message: expect.stringContaining(`group ${news}, which no`) as string },
      ],
    },
  ]);
  expect((await project.planOf("first")).counts).toMatchObject({ add: 0, heldBack: { "opted out": 4 } });

  // Named again and left: that is how one comes back.
  await project.config(config);
  const { sendgridUrl } = project.sandbox;
  await fetch(`${sendgridUrl}/v3/asm/groups/${news}/suppressions/bob@example.com`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${SENDGRID_KEY}` },
  });
  await project.apply(only);
  expect(on(lists[0])).toEqual(["bob", "carl", "eve"]);
});

it("a group of another account does not count", async () => {
  const { ads, lists } = groupsOf();
  await project.config(
    two(lists, { unsubscribeGroups: [ads] }, { apiKey: { file: "gone.key" }, unsubscribeGroups: [9999] }),
  );
  await people("ann", "bob");
  expect(await project.applyOf("first")).toMatchObject({ status: "succeeded", added: 1 });
  // Known to be of this account, it is a mistake.
  await project.config(two(lists, { unsubscribeGroups: [ads] }, { unsubscribeGroups: [9999] }));
  expect((await project.planOf("first", { targets: ["first"] })).error?.message).toContain("9999");
});
