// Reads `[{name, content}]` and prints what GitHub's own parser finds wrong with each workflow: `[[message]]`.
import { register } from "node:module";
import { text } from "node:stream/consumers";

register("./json-modules.mjs", import.meta.url);
const { NoOperationTraceWriter, parseWorkflow } = await import("@actions/workflow-parser");

const faults = JSON.parse(await text(process.stdin)).map((file) =>
  parseWorkflow(file, new NoOperationTraceWriter())
    .context.errors.getErrors()
    .map(({ message }) => message),
);
process.stdout.write(JSON.stringify(faults));
