/** What programs may import from `rollcall`. Everything else is internal. */
export { Failure, type FailureKind } from "./model/failure.js";
export type { Diagnostic } from "./model/diagnostic.js";
export type { Emit, RunEvent } from "./model/event.js";
export type { Plan } from "./model/plan.js";
export type { ExportResult, Run } from "./model/run.js";
export { apply, type ApplyOptions, type ApplyResult } from "./usecases/apply.js";
export { plan, type PlanOptions } from "./usecases/plan.js";
export type { TestFailure, TestResult } from "./model/test-result.js";
export { validate, type ConfigFacts, type ValidateOptions } from "./usecases/validate.js";
export { test, type TestOptions, type TestRun } from "./usecases/test.js";
export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox/index.js";
