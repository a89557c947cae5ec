import type { DestinationManifest } from "../../model/manifests/destination-manifest.js";

/** A commented first config for `rollcall init`. It is valid as it stands. */
export function starterConfig({ starter: { connection, lines, list } }: DestinationManifest): string {
  return `# yaml-language-server: $schema=./node_modules/rollcall/schemas/config.schema.json
# Which people belong on which contact list. \`rollcall validate\` checks this file,
# \`rollcall plan\` shows what would change, \`rollcall apply\` makes it so.
version: 1

# How to reach an account. The key itself never is in this file.
connections:
  ${connection}:
${lines.map((line) => `    ${line}`).join("\n")}
    # Nothing is sent before this is agreed.
    # dataPrivacy: {agreed: true, by: Your Name, on: 2026-01-31}

# Where the customer profiles live. In SQL each source is a table of its name.
sources:
  customers:
    type: files
    path: data/customers-*.csv
    # Leading zeros stay only in text.
    columns: {postal_code: text}
    # Fewer rows than this mean a broken delivery, and nobody is removed.
    minimumRows: 1

# Named sets of profiles.
segments:
  newsletter_readers:
    source: customers
    where: country = 'DE'
    # Of several profiles with one address the first one wins.
    orderBy: updated_at desc

# Which segments go to which list.
exports:
  weekly:
    connection: ${connection}
    list: ${list}
    segments: [newsletter_readers]
    match: {email: email, id: customer_id}
    # People for whom this is not true are held back.
    consent: newsletter_consent = true
    # mirror also removes those who left the segments; upsert and add-only never remove.
    mode: mirror
    attributes:
      firstName: first_name
      lastName: last_name
    safeguards:
      maxRemovals: {count: 500, share: 10%}
`;
}
