import { expect, it } from "vitest";
import { bench } from "./support.js";

it("takes the values of an attribute at Brevo with it, and no others", async () => {
  const on = await bench();
  await on.brevo("POST", "/contacts/attributes/normal/COLOUR", { type: "text" });
  on.sandbox.brevo().addContact("ann@example.com", { attributes: { COLOUR: "red", FIRSTNAME: "Ann" } });
  on.sandbox.brevo().addContact("ben@example.com", { attributes: { FIRSTNAME: "Ben" } });
  expect((await on.brevo("DELETE", "/contacts/attributes/normal/COLOUR")).status).toBe(204);
  expect(on.sandbox.brevo().contact("ann@example.com")?.attributes).toEqual({ FIRSTNAME: "Ann" });
  expect(on.sandbox.brevo().contact("ben@example.com")?.attributes).toEqual({ FIRSTNAME: "Ben" });
  expect((await on.brevo("DELETE", "/contacts/attributes/normal/COLOUR")).status).toBe(404);
});

it("takes the values of a field at SendGrid with it, and no others", async () => {
  const on = await bench();
  const path = "/v3/marketing/field_definitions";
  const { body: colour } = await on.sendgrid("POST", path, { name: "colour", field_type: "Text" });
  const { body: size } = await on.sendgrid("POST", path, { name: "size", field_type: "Number" });
  const custom = { [String(colour.id)]: "red", [String(size.id)]: 4 };
  on.sandbox.sendgrid().addContact({ email: "ann@example.com", custom_fields: custom }, []);
  on.sandbox.sendgrid().addContact({ email: "ben@example.com" }, []);
  const one = `${path}/${String(colour.id)}`;
  expect((await on.sendgrid("DELETE", one)).status).toBe(204);
  expect(on.sandbox.sendgrid().contact("ann@example.com")?.custom_fields).toEqual({ size: 4 });
  expect(on.sandbox.sendgrid().contact("ben@example.com")?.custom_fields).toEqual({});
  expect((await on.sendgrid("DELETE", one)).status).toBe(404);
});
