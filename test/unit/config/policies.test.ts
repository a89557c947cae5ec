import { expect, test } from "vitest";
import { loadText, MINIMAL, rendered } from "./support.js";

async function told(policies: string): Promise<string> {
  const { config, diagnostics } = await loadText(`${MINIMAL}policies:\n${policies}`);
  if (diagnostics.length === 0) expect(config).toBeDefined();
  return rendered(diagnostics);
}

const rule = (deny: string, more = ""): string =>
  `  rule:\n    level: mandatory\n    message: No.\n    deny: ${deny}\n${more}`;

test("a sound policy gives no diagnostic", async () => {
  expect(await told(rule("plan.exports.exists(e, e.removes > 100)"))).toBe("");
});

test("a type error is shown at its place in the line", async () => {
  expect(await told(rule(`plan.exports.exists(e, e.remoevs > 100)`))).toMatchInlineSnapshot(`
    "error[wrong-condition] exports.config.yaml:14:36
    This is not a condition in CEL: No such key: remoevs
    → What \`plan\`, \`environment\`, \`actor\` and \`now\` hold is in docs/reference/policies.md.
      12 |     level: mandatory
      13 |     message: No.
    > 14 |     deny: plan.exports.exists(e, e.remoevs > 100)
         |                                    ^^^^^^^
      15 |"
  `);
});

test.each([
  ["quotes", `"plan.exports.exists(e, e.name == \\"a\\" && e.wrong)"`, "14:56"],
  ["single quotes", `'plan.exports.exists(e, e.name == "it''s" && e.wrong)'`, "14:58"],
  ["a block", `|\n      plan.exports.exists(e,\n        e.wrong)`, "16:11"],
  ["a folded block", `>-\n      plan.adds > 1\n      && plan.wrong > 2`, "16:15"],
])("a type error is found through %s", async (_, deny, where) => {
  expect(await told(rule(deny))).toContain(`error[wrong-condition] exports.config.yaml:${where}`);
});

test.each([
  ["no truth value", "plan.adds", "It yields int, and has to yield true or false."],
  ["nothing that CEL reads", "plan.adds >", "Unexpected token: EOF"],
  ["what is not known", "profiles.size() > 1", "Unknown variable: profiles"],
  ["text against number", `plan.adds > "1"`, "no such overload: int > string"],
  ["too deep", `${"(".repeat(60)}true${")".repeat(60)}`, "Exceeded maxDepth"],
])("a condition that is %s", async (_, deny, message) => {
  expect(await told(rule(`'${deny}'`))).toContain(message);
});

test("a group of approvers that is not defined is an error", async () => {
  const more = "    approvals: {from: lead}\napprovals: {groups: {leads: [anna@example.com]}}\n";
  expect(await told(rule("plan.adds > 1", more))).toMatch(
    /error\[unknown-group\] exports.config.yaml:15:23[^]*Did you mean `leads`/,
  );
});

test("all faults are reported, and approvals that no policy needs", async () => {
  const text = await told(
    "  one: {level: mandatory, deny: plan.a, message: m}\n" +
      "  two: {level: advisory, deny: 'true', message: m, approvals: {from: leads}}\n" +
      "  three: {level: strict, deny: 'true', message: m}\n",
  );
  expect(text.match(/error\[[a-z-]+\]/g)).toEqual([
    "error[wrong-condition]",
    "error[unused-approvals]",
    "error[unknown-group]",
    "error[wrong-value]",
  ]);
});

test("a role takes only identities", async () => {
  const { diagnostics } = await loadText(
    `${MINIMAL}roles:\n  admins: [github:anna, ci:schedule, anna, "ssh:"]\n`,
  );
  expect(diagnostics.map(({ message, position }) => `${position?.line}:${position?.column} ${message}`))
    .toMatchInlineSnapshot(`
    [
      "11:38 \`roles.admins[2]\` is not right: an identity is \`github:NAME\`, \`gitlab:NAME\`, \`azure:E-MAIL\`, \`ssh:PRINCIPAL\`, \`local:USER\`, or \`ci:schedule\` for scheduled runs.",
      "11:44 \`roles.admins[3]\` is not right: an identity is \`github:NAME\`, \`gitlab:NAME\`, \`azure:E-MAIL\`, \`ssh:PRINCIPAL\`, \`local:USER\`, or \`ci:schedule\` for scheduled runs.",
    ]
  `);
});
