import { BaseSequencer, type TestSpecification } from "vitest/node";
import { hasMinutes } from "./minutes.js";

/** Kills and whole stories take longest, however short their files are; one that starts last keeps a core idle at the end. */
const ORDER = ["/test/faults/", "/test/e2e/", "/test/conformance/", "/test/"];

/** Where the minutes may be used up before the end, series of kills take those that the rest leaves: they go on in the next run. */
const ORDER_IN_MINUTES = ["/test/e2e/", "/test/conformance/", "/test/unit/", "/test/"];

/** Starts files of the long kinds first, and of a kind those that took longest or are largest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const order = hasMinutes() ? ORDER_IN_MINUTES : ORDER;
    const rank = ({ moduleId }: TestSpecification): number =>
      order.findIndex((folder) => moduleId.includes(folder));
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
