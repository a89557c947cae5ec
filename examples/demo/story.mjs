// What happens around the command in the demo: people who complained, people who opted out, edits.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** One column of a CSV whose fields before it hold no quotes. */
export async function readColumn(path, column) {
  const [header = "", ...lines] = (await readFile(path, "utf8")).trimEnd().split("\n");
  const index = header.split(",").indexOf(column);
  return lines
    .map((line) => line.split(",")[index] ?? "")
    .filter((value) => /^[^\s@"]+@[^\s@".]+(\.[^\s@".]+)+$/u.test(value));
}

/** Files of addresses that the configuration names: staff, and people who complained. */
export async function writePeople(folder, addresses) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "staff.csv"), `email\n${addresses.slice(0, 20).join("\n")}\n`);
  await writeFile(join(folder, "complaints.txt"), `${addresses.slice(20, 40).join("\n")}\n`);
}

export async function editConfig(folder, edit) {
  const path = join(folder, "exports.config.yaml");
  await writeFile(path, edit(await readFile(path, "utf8")));
}

/** People unsubscribe at the vendors, where Rollcall has to notice. */
export async function optOutAtVendors({ brevoUrl, sendgridUrl }, keys, addresses) {
  const ascii = addresses.filter((address) => /^[\x21-\x7e]+$/u.test(address));
  for (const email of ascii.slice(0, 8)) {
    await post(`${brevoUrl}/contacts`, { "api-key": keys.BREVO_API_KEY }, { email, emailBlacklisted: true });
  }
  const recipients = { recipient_emails: ascii.slice(8) };
  await post(
    `${sendgridUrl}/v3/asm/suppressions/global`,
    { authorization: `Bearer ${keys.SENDGRID_API_KEY}` },
    recipients,
  );
}

async function post(url, headers, body) {
  const response = await fetch(url, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}
