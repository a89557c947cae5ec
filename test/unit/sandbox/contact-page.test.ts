import { describe, expect, it } from "vitest";
import { bench } from "./support.js";

type Bench = Awaited<ReturnType<typeof bench>>;

async function post(on: Bench, form: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${on.sandbox.url}/contact`, {
    method: "POST",
    body: new URLSearchParams(form),
    headers,
  });
  return { status: answer.status, text: await answer.text() };
}

describe("the page of a contact", () => {
  it("shows a contact at Brevo, and unsubscribes it from a list", async () => {
    const on = await bench();
    const list = on.sandbox.brevo().addList("<people>");
    on.sandbox.brevo().addContact("ann@example.com", { lists: [list], attributes: { FIRSTNAME: "<b>Ann" } });
    const who = { account: "brevo:sandbox-brevo", email: "Ann@example.com" };
    const before = await post(on, who);
    expect(before.text).toContain("<td>&lt;people&gt;</td>");
    expect(before.text).toContain("&lt;b&gt;Ann");
    await post(on, { ...who, action: `unsubscribe:${list}` });
    expect(on.sandbox.brevo().contact("ann@example.com")).toMatchObject({
      lists: [],
      listUnsubscribed: [list],
    });
    await post(on, { ...who, action: "blocklist" });
    expect(on.sandbox.brevo().contact("ann@example.com")).toMatchObject({ emailBlacklisted: true });
  });

  it("opts a contact at SendGrid out", async () => {
    const on = await bench();
    const list = on.sandbox.sendgrid().addList("people");
    on.sandbox.sendgrid().addContact({ email: "ann@example.com" }, [list]);
    const who = { account: "sendgrid:1001", email: "ann@example.com" };
    expect((await post(on, who)).text).toContain("Report as spam");
    const after = await post(on, { ...who, action: "unsubscribe" });
    expect(after.text).toContain("<td>unsubscribed</td>");
    await post(on, { ...who, action: `remove:${list}` });
    expect(on.sandbox.sendgrid().members(list)).toEqual([]);
  });

  it("knows who is not there, and offers nothing that they could not do", async () => {
    const on = await bench();
    const { text } = await post(on, { account: "brevo:sandbox-brevo", email: "nobody@example.com" });
    expect(text).toContain("does not know this address");
    expect(text).not.toContain("Blocklist");
  });

  it("takes no form from another page", async () => {
    const on = await bench();
    on.sandbox.brevo().addContact("ann@example.com");
    const form = { account: "brevo:sandbox-brevo", email: "ann@example.com", action: "blocklist" };
    const foreign = await post(on, form, { origin: "https://example.com" });
    expect(foreign.status).toBe(403);
    expect(on.sandbox.brevo().contact("ann@example.com")).toMatchObject({ emailBlacklisted: false });
    const own = await post(on, form, { origin: on.sandbox.url });
    expect(own.status).toBe(200);
    expect(on.sandbox.brevo().contact("ann@example.com")).toMatchObject({ emailBlacklisted: true });
  });
});
