import { expect, test } from "vitest";
import { planHtml } from "../../../../src/report/html/plan-html.js";
import * as values from "../../../golden/report/values.js";
import { HOSTILE, hostile } from "../../../support/hostile-plan.js";

/** Every tag with its attributes, in order. */
function tagsOf(page: string): string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
}

const page = (text: string): string => planHtml(hostile(text), { next: text, title: text });

test.each(HOSTILE)("%j adds no tag and no attribute", (text) => {
  // One row of a diff is one tag, and the list of the diff has two rows of the text.
  const rows = text.split("\n").length;
  const plain = Array.from({ length: rows }, () => "plain").join("\n");
  const classless = (tags: string[]): string[] =>
    tags.map((tag) => tag.replace(/<span class="\w+">/, "<span>"));
  expect(classless(tagsOf(page(text)))).toEqual(classless(tagsOf(page(plain))));
});

test("a page has a policy that forbids everything but its own style", () => {
  expect(page("plain")).toContain(
    `content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"`,
  );
});

test("a page says of each source what was read and what proves that it was the whole", () => {
  const text = planHtml(values.full, { next: undefined });
  expect(text).toContain("<h2>Sources</h2>");
  expect(text).toMatch(
    /<code>newsletter_2019<\/code>\s+1 row, 1 column, .*complete by the end of its last line/,
  );
});
