import { commandHarness, WAYS } from "./command-source-harness.js";
import { sourceSuite } from "./source.js";

for (const [name, way] of Object.entries(WAYS))
  sourceSuite(`a program that ${name},`, () => commandHarness(way), false);
