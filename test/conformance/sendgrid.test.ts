import { brokenSuite } from "./broken.js";
import { destinationSuite } from "./destination.js";
import { sendgridHarness } from "./sendgrid-harness.js";

for (const behaviour of ["documented", "pessimistic"] as const) {
  destinationSuite(`sendgrid (${behaviour})`, () => sendgridHarness(behaviour));
}
brokenSuite(() => sendgridHarness("documented"));
