export type { Fault, FaultEffect } from "./faults.js";
export type {
  BrevoAccount,
  CustomLimits,
  Delays,
  SandboxAccount,
  SandboxOptions,
  SendgridAccount,
} from "./options.js";
export type { Sandbox } from "./sandbox.js";
export { startSandbox } from "./sandbox.js";
export type { Exchange } from "./server/exchange.js";
export type { EndpointStats, Stats } from "./server/stats.js";
export type { BrevoState } from "./brevo/state.js";
export type { SendgridState } from "./sendgrid/state.js";
export { SWITCHES, type SwitchEntry, type Switches } from "./switches.js";
