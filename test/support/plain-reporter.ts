import type { Reporter, TestCase, TestModule } from "vitest/node";

/** Ends a run with `N passed, N failed, N skipped` on a line of its own, and says why each test was skipped. */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.errors().length > 0) counts.failed += 1;
      for (const testCase of module.children.allTests()) {
        const result = testCase.result();
        if (result.state === "pending") continue;
        counts[result.state] += 1;
        if (result.state === "skipped") skipped.push(describe(module, testCase, result.note));
      }
    }
    for (const line of skipped) console.log(line);
    console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  }
}

function describe(module: TestModule, testCase: TestCase, note: string | undefined): string {
  return `skipped: ${module.relativeModuleId} > ${testCase.fullName}: ${note ?? "no reason given"}`;
}
