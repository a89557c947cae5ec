import { describe, expect, test } from "vitest";
import { CONFIG, failuresOf, ROWS, runCases } from "../../support/case-files.js";

/** One file for everything that has to pass: an engine is opened once. */
test("a case gives what plan would give", async () => {
  const run = await runCases(`${ROWS}
  orders:
    - {email: anna@example.com, total: 60.5, day: "2026-11-01"}
    - {email: anna@example.com, total: 50, day: "2026-11-02"}
    - {email: ben@example.com, total: 99, day: "2026-11-02"}
  events: [{email: anna@example.com, at: "2026-11-02", ok: true}]
addresses: {blocked: [carl@example.com]}
cases:
  - name: segment
    expect:
      segments:
        dach: {members: [anna@example.com, BEN@example.com, not an address], excludes: [carl@example.com], count: 3}
        recent: {members: [anna@example.com, carl@example.com]}
        buyers: {members: [anna@example.com]}
        blocked: {members: [carl@example.com]}
  - name: values and reasons
    expect:
      exports:
        weekly:
          members: [anna@example.com]
          includes: [Anna@Example.com]
          excludes: [ben@example.com]
          count: 1
          mapped:
            anna@example.com:
              {firstName: Anna, FIRSTNAME: Anna, PHONE: "+4930901820", CITY: Dresden, BORN: 1990-02-03, TIER: gold, VIP: true}
          heldBack: {ben@example.com: no consent, not an address: invalid}
          plan: {add: 1, update: 0, remove: 0, unchanged: 0, heldBack: {no consent: 1, invalid: 1, opted out: 0}}
          badValues: {PHONE: 0}
        letter: {mapped: {anna@example.com: {SPENT: 110.5}}}
        copy: {members: [anna@example.com, ben@example.com]}
  - name: another day
    given: {now: 2027-05-01T00:00:00Z}
    expect: {segments: {recent: {members: []}}}
  - name: late in the evening it is tomorrow in Berlin
    given:
      now: 2026-12-19T23:30:00Z
    expect: {segments: {recent: {members: []}}}
  - name: rows of a case take the place of the file's
    given:
      sources: {crm: [{id: 9, email: zoe@example.com, country: DE, consent: true, tier: bronze, phone: 12, updated: 2026-11-01 10:00:00}]}
    expect:
      exports:
        weekly:
          members: [zoe@example.com]
          mapped: {zoe@example.com: {FIRSTNAME: null, CITY: "", TIER: null, PHONE: null}}
          badValues: {TIER: 1, PHONE: 1}
  - name: an empty source
    given: {sources: {crm: [], orders: []}}
    expect: {segments: {dach: {count: 0}, buyers: {count: 0}}, exports: {weekly: {plan: {add: 0}}}}
  - name: rows are added
    given: {add: {crm: [{id: 5, email: anna@example.com, first: Annette, country: DE, consent: true, updated: 2026-11-05 10:00:00}]}}
    expect: {exports: {weekly: {count: 1, mapped: {anna@example.com: {FIRSTNAME: Annette, CITY: ""}}}}}
  - name: suppressed
    given: {addresses: {blocked: [ANNA@example.com]}}
    expect: {segments: {dach: {includes: [anna@example.com]}}, exports: {weekly: {heldBack: {anna@example.com: suppressed}}}}
  - name: opted out
    given: {optedOut: [anna@example.com]}
    expect: {exports: {weekly: {members: [], heldBack: {anna@example.com: opted out}, plan: {add: 0, heldBack: {opted out: 1}}}}}
  - name: forgotten
    given: {forgotten: [anna@example.com]}
    expect: {exports: {weekly: {members: [], heldBack: {anna@example.com: forgotten}}}}
`);
  expect(failuresOf(run)).toEqual([]);
  expect(run.results?.length).toBe(10);
});

test("earlier deliveries decide what a case would do", async () => {
  const run = await runCases(`${ROWS}
  orders: [{email: anna@example.com, total: 200}, {email: ben@example.com, total: 300}]
cases:
  - name: unchanged, and others leave
    given: {recorded: {weekly: [Anna@example.com, ben@example.com, gone@example.com]}}
    expect:
      exports:
        weekly: {members: [anna@example.com], plan: {add: 0, update: 0, unchanged: 1, remove: 2}}
  - name: other values
    given: {recorded: {weekly: [{email: anna@example.com, values: {CITY: Berlin}}]}}
    expect: {exports: {weekly: {plan: {update: 1, unchanged: 0}, mapped: {anna@example.com: {CITY: Dresden}}}}}
  - name: the same values written out
    given: {recorded: {weekly: [{email: anna@example.com, values: {CITY: Dresden, BORN: 1990-02-03}}]}}
    expect: {exports: {weekly: {plan: {update: 0, unchanged: 1}}}}
  - name: applied before, with nobody
    given: {recorded: {weekly: []}}
    expect: {exports: {weekly: {plan: {add: 1}}}}
  - name: opted out stays as it is
    given: {recorded: {weekly: [anna@example.com]}, optedOut: [anna@example.com]}
    expect: {exports: {weekly: {members: [], plan: {add: 0, update: 0, remove: 0}}}}
  - name: a new address of somebody who opted out
    given:
      recorded: {weekly: [{email: old@example.com, id: "1"}]}
      optedOut: [old@example.com]
    expect:
      exports:
        weekly:
          members: []
          heldBack: {anna@example.com: address changed after opt-out}
          plan: {add: 0, heldBack: {address changed after opt-out: 1}}
  - name: upsert removes nobody
    given: {recorded: {letter: [gone@example.com, {email: ben@example.com, values: {SPENT: 1}}]}}
    expect: {exports: {letter: {plan: {add: 1, update: 1, remove: 0, left: 1}}}}
  - name: many updates with a list that is read
    given: {recorded: {copy: [gone@example.com]}}
    expect: {exports: {copy: {plan: {add: 2, left: 1, remove: 0}}}}
`);
  expect(failuresOf(run)).toEqual([]);
});

describe("each kind of expectation fails", () => {
  test("with what came instead", async () => {
    const run = await runCases(`${ROWS}
cases:
  - name: s
    expect:
      segments:
        dach: {members: [anna@example.com, zoe@example.com], includes: [zoe@example.com], excludes: [ben@example.com], count: 7}
  - name: e
    expect:
      exports:
        weekly:
          members: [anna@example.com, ben@example.com]
          includes: [ben@example.com]
          excludes: [anna@example.com]
          count: 2
          mapped:
            anna@example.com: {CITY: Berlin, PHONE: 030 901820, FIRSTNAMES: Anna, BORN: null}
            ben@example.com: {CITY: Wien}
          heldBack: {anna@example.com: no consent, ben@example.com: opted out, zoe@example.com: invalid}
          plan: {add: 2, unchanged: 1, heldBack: {no consent: 0}}
          badValues: {PHONE: 1, BORNE: 1}
`);
    await expect(failuresOf(run).join("\n\n")).toMatchFileSnapshot("../../golden/report/test-failures.txt");
    const [first] = run.results?.[0]?.failures ?? [];
    expect(first?.position).toMatchObject({ file: "a.test.yaml", line: 13 });
    expect(first?.frame).toContain("zoe@example.com");
  });

  test("also when an export or a segment cannot be evaluated", async () => {
    const run = await runCases(`
sources: {crm: [{email: a@example.com, country: DE}]}
cases:
  - {name: s, expect: {segments: {dach: {count: 1}, recent: {count: 0}, buyers: {count: 0}}}}
  - {name: e, expect: {exports: {weekly: {count: 1}}}}
`);
    expect(failuresOf(run)).toEqual([
      `s: segments.recent: Segment "recent": There is no column "updated" in source "crm".`,
      `s: segments.buyers: Segment "buyers": There is no column "email" in source "orders".`,
      `e: exports.weekly: Segment "dach", orderBy: There is no column "updated" in source "crm".`,
    ]);
    expect(run.results?.[0]?.failures[0]?.hint).toContain("`columns` declares");
  });
});

describe("a value in a test", () => {
  const cases = (where: string): string => `cases: [{name: a, expect: {segments: {${where}: {count: 1}}}}]`;

  test("is a mistake when it is quoted text that the source would read as a number", async () => {
    const run = await runCases(`
sources: {crm: [{email: a@example.com, country: DE, id: "17", zip: "10115", updated: 2026-01-01, flag: "true"}]}
${cases("dach")}`);
    expect(run.results).toBeUndefined();
    expect(run.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      expect.stringMatching(/^number-in-quotes: Column "id" of source "crm"/),
      expect.stringMatching(/^number-in-quotes: Column "flag" of source "crm"/),
    ]);
    expect(run.diagnostics[0]?.hint).toContain("columns: {id: text}");
  });

  test("is a mistake when it does not fit the declaration of its column", async () => {
    const run = await runCases(
      `sources: {orders: [{email: a@example.com, total: 200}], crm: [{email: a, born: x}]}\n${cases("buyers")}`,
    );
    expect(failuresOf(run)).toEqual([]);
  });

  test("may be written as its column declares, or as a number or ISO date", async () => {
    const config = CONFIG.replace(
      "columns: {zip: text}",
      'columns: {zip: text, price: {type: number, decimal: ","}, born: {type: date, format: "%d.%m.%Y"}}',
    ).replace("country in ('DE', 'AT', 'CH')", "price > 9.5 and born > '1990-12-30'");
    const run = await runCases(
      `
sources:
  crm:
    - {email: a@example.com, price: "10,5", born: "31.12.1990", updated: 2026-01-01}
    - {email: b@example.com, price: 10.5, born: 1990-12-31, updated: 2026-01-01}
    - {email: c@example.com, price: "9,5", born: "31.12.1990", updated: 2026-01-01}
    - {email: d@example.com, price: 10, born: "01.01.1990", updated: 2026-01-01}
cases: [{name: a, expect: {segments: {dach: {members: [a@example.com, b@example.com]}}}}]`,
      config,
    );
    expect(failuresOf(run)).toEqual([]);
  });

  test("is text when another case has text in its column", async () => {
    const run = await runCases(`
cases:
  - {name: digits, given: {sources: {crm: [{email: a@example.com, first: 17, country: DE, id: 1, consent: true, phone: 1, city: a, born: 2000-01-01, tier: gold, updated: 2026-01-01}]}},
     expect: {exports: {weekly: {mapped: {a@example.com: {FIRSTNAME: "17"}}}}}}
  - {name: digits with a leading zero, given: {sources: {crm: [{email: b@example.com, first: "017", country: DE}]}}, expect: {segments: {dach: {count: 1}}}}
`);
    expect(failuresOf(run)).toEqual([]);
  });
});
