import { afterEach, beforeEach, expect, it } from "vitest";
import { signal, Stage } from "./stage.js";

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const ask = (reason: string, ...addresses: string[]) =>
  stage.connect().stillOptedOut!({ listId: undefined, reason }, addresses, signal);

it("each address is looked up in the suppression list that had it", async () => {
  stage.account.unsubscribe("u+1@example.com");
  stage.account.bounce("b@example.com");
  stage.account.reportSpam("s@example.com");
  const { id } = stage.account.addGroup("News");
  stage.account.unsubscribeFromGroup("g@example.com", id);
  const all = ["u+1@example.com", "b@example.com", "s@example.com", "g@example.com", "o'n/e%@example.com"];
  expect(await ask("unsubscribed", ...all)).toEqual(["u+1@example.com"]);
  expect(await ask("bounced", ...all)).toEqual(["b@example.com"]);
  expect(await ask("reported as spam", ...all)).toEqual(["s@example.com"]);
  expect(await ask(`unsubscribed from group ${id}`, ...all)).toEqual(["g@example.com"]);
  expect(await ask("bounced")).toEqual([]);
  await expect(ask("unsubscribed from group 99", ...all)).rejects.toMatchObject({ kind: "not-found" });
});

it("a group is searched a hundred addresses at a time", async () => {
  const { id } = stage.account.addGroup("News");
  const all = Array.from({ length: 250 }, (_, index) => `p${index}@example.com`);
  for (const email of all.slice(90, 120)) stage.account.unsubscribeFromGroup(email, id);
  expect(await ask(`unsubscribed from group ${id}`, ...all)).toEqual(all.slice(90, 120));
  expect(stage.requests("POST", `/v3/asm/groups/${id}/suppressions/search`)).toHaveLength(3);
});

it.each<[string, string, string, RegExp]>([
  ["unsubscribed", "/v3/asm/suppressions/global/*", '{"recipient_email":"x@example.com"}', /somebody else/],
  ["unsubscribed", "/v3/asm/suppressions/global/*", '{"recipient_email":null}', /without/],
  ["unsubscribed", "/v3/asm/suppressions/global/*", "[]", /is a list/],
  ["unsubscribed", "/v3/asm/suppressions/global/*", '{"errors":[{"message":"busy"}]}', /without/],
  ["bounced", "/v3/suppression/bounces/*", '[{"email":"x@example.com"}]', /somebody else/],
  ["bounced", "/v3/suppression/bounces/*", "{}", /is an object/],
  ["unsubscribed from group 1", "/v3/asm/groups/*/suppressions/search", '["x@example.com"]', /somebody else/],
  ["unsubscribed from group 1", "/v3/asm/groups/*/suppressions/search", '{"result":[]}', /is an object/],
])("about %s, %s may not answer %s", async (reason, path, body, says) => {
  stage.account.addGroup("News");
  stage.sandbox.inject({ path, effect: { kind: "answer", status: 200, type: "application/json", body } });
  const error = await ask(reason, "ann@example.com").then(String, String);
  expect(error).toMatch(says);
  expect(error).not.toMatch(/ann@|x@/);
});
