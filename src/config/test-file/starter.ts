/** A first test file for `rollcall init`, of the starter config. It passes as it stands. */
export const STARTER_TESTS = `# yaml-language-server: $schema=./node_modules/rollcall/schemas/test.schema.json
# What the segments and exports have to do, with people who are made up. \`rollcall test\`
# runs this file without network, keys or state.
now: 2026-01-31T08:00:00Z

sources:
  customers:
    - {customer_id: 1, email: Anna@Example.com, first_name: Anna, last_name: Example, country: DE, newsletter_consent: true, updated_at: 2026-01-01}
    - {customer_id: 2, email: ben@example.com, country: DE, newsletter_consent: false, updated_at: 2026-01-01}
    - {customer_id: 3, email: carla@example.com, country: FR, newsletter_consent: true, updated_at: 2026-01-01}

cases:
  - name: Germans who agreed get the newsletter
    expect:
      segments:
        newsletter_readers: {members: [anna@example.com, ben@example.com]}
      exports:
        weekly:
          members: [anna@example.com]
          heldBack: {ben@example.com: no consent}
          mapped: {anna@example.com: {firstName: Anna}}

  - name: Whoever leaves the segment leaves the list
    given:
      recorded: {weekly: [anna@example.com, carla@example.com]}
    expect:
      exports:
        weekly: {plan: {add: 0, remove: 1, unchanged: 1}}
`;
