import { expect, it } from "vitest";
import { parseByteSize } from "../../../src/engine/watch-statement.js";
import { fittedMemory, fittedThreads, thisMachine } from "../../../src/engine/machine-limits.js";

const GB = 1024 ** 3;

it.each([
  // A container: two databases leave half of it to the rest.
  { bytes: GB / 2, processors: 2, memory: "128MB", threads: 1 },
  { bytes: 2 * GB, processors: 4, memory: "512MB", threads: 1 },
  // As it always was.
  { bytes: 4 * GB, processors: 2, memory: "800MB", threads: 2 },
  { bytes: 7 * GB, processors: 2, memory: "896MB", threads: 2 },
  { bytes: 7 * GB, processors: 64, memory: "896MB", threads: 2 },
  { bytes: 16 * GB, processors: 4, memory: "2048MB", threads: 4 },
  { bytes: 512 * GB, processors: 64, memory: "4096MB", threads: 10 },
])("$bytes bytes and $processors processors give $memory and $threads threads", (machine) => {
  const memory = fittedMemory(machine);
  expect(memory).toBe(machine.memory);
  expect(fittedThreads(parseByteSize(memory), machine)).toBe(machine.threads);
});

it("a machine has some memory and a processor", () => {
  const { bytes, processors } = thisMachine();
  expect(bytes).toBeGreaterThan(1_000_000);
  expect(bytes).toBeLessThan(2 ** 50);
  expect(processors).toBeGreaterThan(0);
});
