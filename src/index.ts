/** What programs may import from `rollcall`; docs/api.md shows how. Everything else is internal. */
export { apply, type ApplyOptions, type ApplyResult } from "./api/apply.js";
export { drift, type DriftOptions, type DriftResult } from "./api/drift.js";
export type { ExportsOptions, ProjectOptions, Wishes } from "./api/options.js";
export { plan, type PlanOptions, type PlanResult } from "./api/plan.js";
export { test, type TestOptions, type TestRun } from "./api/test.js";
export { validate, type ValidateResult } from "./api/validate.js";

export { Failure, type FailureKind } from "./model/failure.js";
export type { Diagnostic } from "./model/diagnostic.js";
export type { Drift } from "./model/reports/drift.js";
export type { RunEvent } from "./model/run/event.js";
export type { Check, ExportPlan, Plan } from "./model/plan/plan.js";
export type { ExportResult, RunResult } from "./model/run/run.js";
export type { TestFailure, TestResult } from "./model/reports/test-result.js";
export type { ConfigFacts } from "./usecases/validate.js";

export { type Sandbox, type SandboxOptions, startSandbox } from "./sandbox/index.js";
export type { AccountFull } from "./plugin/account-full.js";
export type { RestraintEntry } from "./plugin/restrained.js";
export type { Kit, KitHttpOptions, NotifierKit, SourceKit } from "./plugin/kit.js";
export type {
  OwnDestinationModule,
  OwnManifest,
  OwnNotifierManifest,
  OwnNotifierModule,
  OwnSourceManifest,
  OwnSourceModule,
} from "./plugin/own-module.js";
