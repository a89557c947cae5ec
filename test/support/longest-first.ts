import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Kills and whole stories take longest, however short their files are; one that starts last keeps a core idle at the end. */
const ORDER = ["/test/faults/", "/test/e2e/", "/test/conformance/"];

/** Starts files of the long kinds first, and of a kind those that took longest or are largest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const place = ORDER.findIndex((folder) => moduleId.includes(folder));
      return place < 0 ? ORDER.length : place;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
