import type { Reporter, TestCase, TestModule } from "vitest/node";
import { TOO_LATE } from "./minutes.js";
import { describeTold } from "./series.js";

/**
 * Ends a run with `N passed, N failed, N skipped` on a line of its own, and says why each test was skipped, and of which
 * files not all was begun when the minutes were used up. Before that, a full run shows which stories it told.
 */
export default class PlainReporter implements Reporter {
  readonly #beganAt = Date.now();

  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1;
      const late = { tests: 0, all: 0 };
      for (const testCase of module.children.allTests()) {
        const result = testCase.result();
        late.all += 1;
        if (result.state === "pending") continue;
        counts[result.state] += 1;
        if (result.state !== "skipped") continue;
        if (result.note === TOO_LATE) late.tests += 1;
        else skipped.push(describe(module, testCase, result.note));
      }
      if (late.tests > 0)
        skipped.push(
          `not begun: ${late.tests} of ${late.all} tests of ${module.relativeModuleId}: ${TOO_LATE}`,
        );
    }
    for (const line of [...describeTold(this.#beganAt), ...skipped]) console.log(line);
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}

function describe(module: TestModule, testCase: TestCase, note: string | undefined): string {
  return `skipped: ${module.relativeModuleId} > ${testCase.fullName}: ${note ?? "no reason given"}`;
}
