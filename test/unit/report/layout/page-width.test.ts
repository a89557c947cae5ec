import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { planHtml } from "../../../../src/report/html/plan-html.js";
import { exportPlan, full } from "../../../golden/report/values.js";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

/** How many pixels of a page lie beyond a frame of this width. */
function overflowIn(pixels: number, page: string): number {
  const folder = mkdtempSync(join(tmpdir(), "rollcall-page-"));
  try {
    const frame = page.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
    // The page itself allows no script.
    const outer = `<!doctype html><iframe style="width:${pixels}px;height:900px;border:0" srcdoc="${frame}"
      onload="const page = this.contentDocument.documentElement; document.title = 'over ' + (page.scrollWidth - page.clientWidth)"></iframe>`;
    writeFileSync(join(folder, "outer.html"), outer);
    const words = [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      `--user-data-dir=${join(folder, "profile")}`,
    ];
    const dom = execFileSync(
      CHROMIUM ?? "",
      [...words, "--dump-dom", `file://${join(folder, "outer.html")}`],
      {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      },
    );
    return Number(/<title>over (\d+)<\/title>/.exec(dom)?.[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const long = "a-name-without-any-place-to-break-it-that-somebody-gave-an-export-in-earnest-and-more-of-it";
const item = {
  ...exportPlan(),
  name: long,
  connection: long,
  counts: { ...exportPlan().counts, add: 1_234_567 },
};
const plan = {
  ...full,
  exports: [...full.exports, { ...item, list: { id: long, name: undefined, create: false } }],
};
const page = planHtml(plan, { next: `rollcall apply ${long} ${long}` });

test.skipIf(CHROMIUM === undefined).each([320, 390, 1000])("fits a screen of %i pixels", (pixels) => {
  expect(overflowIn(pixels, page)).toBe(0);
});

test("each cell of the table has the title that a narrow screen shows before it", () => {
  const row = /<tr>\s*<td[^]*?<\/tr>/.exec(page)?.[0] ?? "";
  const titles = [...row.matchAll(/<td data-head="([^"]+)"/g)].map(([, title]) => title);
  const heads = [...page.matchAll(/<th[^>]*>([^<]+)<\/th>/g)].map(([, title]) => title);
  expect(titles).toEqual(heads);
});
