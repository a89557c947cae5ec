import { brevoHarness } from "./brevo-harness.js";
import { destinationSuite } from "./destination.js";

for (const behaviour of ["documented", "pessimistic"] as const) {
  for (const format of ["json", "csv"] as const) {
    destinationSuite(`brevo (${behaviour}, ${format})`, () => brevoHarness(behaviour, format));
  }
}
