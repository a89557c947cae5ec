// The sandbox in a process of its own: no rate limits, no delays, with the fields the benchmark maps.
import { startSandbox } from "../dist/sandbox/index.js";

const sandbox = await startSandbox({ limits: "none", delays: "none" });
const json = (body) => ({ method: "POST", body: JSON.stringify(body) });
const brevo = { "api-key": "sandbox-brevo-key", "content-type": "application/json" };
const sendgrid = { authorization: "Bearer SG.sandbox-key", "content-type": "application/json" };

const BREVO_FIELDS = {
  PHONE: "text",
  COUNTRY: "text",
  CITY: "text",
  POSTAL_CODE: "text",
  SCORE: "float",
  SINCE: "date",
  VIP: "boolean",
};
for (const [name, type] of Object.entries(BREVO_FIELDS)) {
  await fetch(`${sandbox.brevoUrl}/contacts/attributes/normal/${name}`, {
    ...json({ type }),
    headers: brevo,
  });
}
for (const [name, field_type] of [
  ["SCORE", "Number"],
  ["SINCE", "Date"],
]) {
  await fetch(`${sandbox.sendgridUrl}/v3/marketing/field_definitions`, {
    ...json({ name, field_type }),
    headers: sendgrid,
  });
}
process.on("message", (question) => {
  if (question === "stats") process.send({ stats: sandbox.stats(), rss: process.resourceUsage().maxRSS });
});
process.send({ brevoUrl: sandbox.brevoUrl, sendgridUrl: sandbox.sendgridUrl });
// Ends with the benchmark, also when that was killed.
process.on("disconnect", () => process.exit());
