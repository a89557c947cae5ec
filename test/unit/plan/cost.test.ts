import { describe, expect, test } from "vitest";
import { forecastCost } from "../../../src/plan/cost.ts";
import type { Codec, Route, PlannedWork } from "../../../src/plugin/codec.ts";

describe("the cost", () => {
  const works: PlannedWork[][] = [];
  const codec = {
    route: (_operation, rows) => ({ maxRows: rows > 100 ? 1000 : 10, maxBytes: 1000 }) as Route,
    forecast: (work) => {
      works.push([...work]);
      return { requests: work.reduce((sum, { batches }) => sum + batches, 0), minutes: work.length };
    },
  } as Codec;

  test("counts batches by rows and by bytes, on the route that all rows of the operation take", () => {
    expect(
      forecastCost(codec, [
        { operation: "add", group: "", rows: 60, bytes: 100 },
        { operation: "add", group: "n", rows: 60, bytes: 5000 },
        { operation: "update", group: "", rows: 25, bytes: 10 },
        { operation: "remove", group: "", rows: 0, bytes: 0 },
      ]),
    ).toEqual({ requests: 1 + 5 + 3, bytes: 5110, minutes: 3 });
    expect(works.at(-1)).toMatchObject([{ batches: 1 }, { batches: 5 }, { batches: 3 }]);
  });

  test("of nothing is nothing", () =>
    expect(forecastCost(codec, [])).toEqual({ requests: 0, bytes: 0, minutes: 0 }));
});
