import { Option } from "commander";
import type { Diagnostic } from "../../model/diagnostic.js";
import { dot } from "../../report/graph/dot.js";
import type { Graph } from "../../report/graph/graph.js";
import { mermaid } from "../../report/graph/mermaid.js";
import { planGraph } from "../../report/graph/plan-graph.js";
import { type Register, performAction } from "../command.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { type ExitCode, exitCodeOfDiagnostics, exitCodeOfPlan } from "../process/exit-code.js";
import type { Output } from "../output/output.js";
import { type UntrustedOptions, addUntrustedOptions, baseWishOf } from "../options/untrusted.js";

interface GraphOptions extends UntrustedOptions {
  readonly format: "mermaid" | "dot";
  readonly plan?: boolean;
}

export const register: Register = (program, outcome) => {
  const command = program
    .command("graph")
    .description("draw what feeds what: sources, segments, exports, lists, connections")
    .addOption(
      new Option("--format <name>", "how to write it").choices(["mermaid", "dot"]).default("mermaid"),
    )
    .option("--plan", "plan, and draw what would change instead");
  addUntrustedOptions(command).action(async (options: GraphOptions) => {
    await performAction(command, outcome, async (output, { signal }) => {
      if (options.plan === true) return drawPlan(output, options, signal);
      const { buildGraph } = await import("../../usecases/graph.js");
      const untrusted = baseWishOf(options);
      const { graph, diagnostics } = await buildGraph({ ...output.choice, untrusted, signal });
      writeGraph(output, options, graph, diagnostics);
      return exitCodeOfDiagnostics(diagnostics);
    });
  });
};

async function drawPlan(output: Output, options: GraphOptions, signal: AbortSignal): Promise<ExitCode> {
  const { plan } = await import("../../usecases/plan.js");
  const result = await plan({
    ...output.choice,
    untrusted: baseWishOf(options),
    emit: output.emit,
    signal,
  });
  writeGraph(output, options, result.plan && planGraph(result.plan).graph, result.diagnostics);
  const wishes = { detailedExitcode: false, failOnUnsafe: false };
  return result.plan === undefined
    ? exitCodeOfDiagnostics(result.diagnostics)
    : exitCodeOfPlan(result.plan, result.diagnostics, wishes);
}

function writeGraph(
  output: Output,
  { format }: GraphOptions,
  graph: Graph | undefined,
  diagnostics: readonly Diagnostic[],
): void {
  showDiagnostics(output, diagnostics);
  if (graph === undefined) return;
  const text = format === "dot" ? dot(graph) : mermaid(graph);
  output.event({ type: "result", command: "graph", data: { format, text } });
  if (!output.options.json) output.say(text);
}
