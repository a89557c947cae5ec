import { afterEach, beforeEach, expect, it } from "vitest";
import { openProject, type Project } from "../support/project.js";

let project: Project;
beforeEach(async () => {
  project = await openProject();
});
afterEach(() => project.stop());

it("heeds the unsubscribe groups of every connection to one account", async () => {
  const state = project.sandbox.sendgrid();
  const lists = [state.addList("first"), state.addList("second")];
  const ads = state.addGroup("ads").id;
  const news = state.addGroup("news").id;
  state.unsubscribeFromGroup("ann@example.com", ads);
  state.unsubscribeFromGroup("bob@example.com", news);
  const { sendgrid } = project.connections();
  await project.config({
    connections: {
      first: { ...sendgrid, unsubscribeGroups: [ads] },
      second: { ...sendgrid, unsubscribeGroups: [news] },
    },
    segments: { all: { source: "crm" } },
    exports: Object.fromEntries(
      ["first", "second"].map((connection, index) => [
        connection,
        { connection, list: lists[index], segments: ["all"], match: { email: "email" } },
      ]),
    ),
  });
  await project.profiles(["ann", "bob", "carl"].map((name) => ({ email: `${name}@example.com` })));
  await project.apply();
  // An opt-out read for one connection is known for the account.
  for (const list of lists)
    expect(state.members(list).map(({ email }) => email)).toEqual(["carl@example.com"]);
});
