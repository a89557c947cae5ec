import { describe, expect, it } from "vitest";
import { parseReset } from "../../../../src/destinations/sendgrid/limits.js";

describe("parseReset", () => {
  it("takes small numbers for seconds from now", () => {
    const headers = { "x-ratelimit-limit": "200", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "17" };
    expect(parseReset(headers)).toEqual({ limit: 200, remaining: 0, resetSeconds: 17 });
  });

  it("takes large numbers for a time", () => {
    const at = (now: number) => parseReset({ "x-ratelimit-reset": "1392815263" }, now)?.resetSeconds;
    expect(at(1_392_815_250_000)).toBe(13);
    // In the past: that cannot be meant.
    expect(at(1_392_815_999_000)).toBeUndefined();
  });

  it("says nothing without headers or with nonsense", () => {
    expect(parseReset({})).toBeUndefined();
    expect(parseReset({ "x-ratelimit-reset": "soon" })).toBeUndefined();
  });
});
