import { afterEach, beforeEach, describe, expect } from "vitest";
import { onlyAt } from "../support/full.js";
import { person } from "../support/people.js";
import type { Row } from "../support/project.js";
import { openStory, type Story } from "../support/story.js";

/** Two exports on one list, of which one is refused: nobody is taken off or let go by what it would have done. */
describe.each(["brevo", "sendgrid"] as const)("%s, a shared list", (type) => {
  const atBrevo = onlyAt(type, "brevo");
  const atSendgrid = onlyAt(type, "sendgrid");
  let story: Story;

  beforeEach(async () => {
    story = await openStory(type);
  });
  afterEach(() => story.stop());

  const configure = (maxAdds?: number): Promise<void> =>
    story.config({
      segments: { a: { source: "crm", where: "a" }, b: { source: "crm", where: "b" } },
      exports: {
        first: story.weekly({ segments: ["a"], safeguards: { maxRemovals: { share: "100%" } } }),
        second: story.weekly({
          segments: ["b"],
          mode: "upsert",
          safeguards: maxAdds === undefined ? {} : { maxAdds: { count: maxAdds } },
        }),
      },
    });
  const row = (name: string, a: boolean, b: boolean): Row => person(name, { a, b });

  atBrevo("still takes off who was to move to the refused export", async () => {
    await configure();
    const others = [row("bob", true, false), row("carl", false, true)];
    await story.profiles([row("ann", true, false), ...others]);
    await story.apply();
    await configure(0);
    await story.profiles([row("ann", false, true), ...others]);
    const { exports } = await story.apply();
    expect(exports.map(({ status }) => status)).toEqual(["unchanged", "refused"]);
    expect(await story.members()).toEqual(["ann", "bob", "carl"]);
    await story.profiles([row("ann", false, false), ...others]);
    await story.apply();
    expect(await story.members()).toEqual(["bob", "carl"]);
  });

  atSendgrid("keeps who leaves both until both are sent", async () => {
    await configure();
    const others = [row("carl", false, true), row("bob", true, false)];
    await story.profiles([row("ann", true, true), ...others]);
    await story.apply();
    await configure(0);
    await story.profiles([row("ann", false, false), row("dora", false, true), ...others]);
    await story.apply();
    expect(await story.members()).toEqual(["ann", "bob", "carl"]);
    await configure();
    await story.apply();
    expect(await story.members()).toEqual(["bob", "carl", "dora"]);
    await story.profiles([row("ann", false, true), ...others]);
    await story.apply();
    expect(await story.members()).toEqual(["ann", "bob", "carl", "dora"]);
  });
});
