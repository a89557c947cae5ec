import { Option } from "commander";
import type { Diagnostic } from "../../model/diagnostic.js";
import { dot } from "../../report/dot.js";
import type { Graph } from "../../report/graph.js";
import { mermaid } from "../../report/mermaid.js";
import { planGraph } from "../../report/plan-graph.js";
import { type Register, perform } from "../command.js";
import { showDiagnostics } from "../diagnostics.js";
import { type ExitCode, exitCodeOfDiagnostics, exitCodeOfPlan } from "../exit-code.js";
import type { Session } from "../session.js";
import { type UntrustedOptions, untrustedOptions, untrustedWish } from "../untrusted.js";

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
  untrustedOptions(command).action(async (options: GraphOptions) => {
    await perform(command, outcome, async (session, { signal }) => {
      if (options.plan === true) return ofPlan(session, options, signal);
      const { graph } = await import("../../usecases/graph.js");
      const untrusted = untrustedWish(options);
      const { graph: found, diagnostics } = await graph({ ...session.choice, untrusted, signal });
      show(session, options, found, diagnostics);
      return exitCodeOfDiagnostics(diagnostics);
    });
  });
};

async function ofPlan(session: Session, options: GraphOptions, signal: AbortSignal): Promise<ExitCode> {
  const { plan } = await import("../../usecases/plan.js");
  const result = await plan({
    ...session.choice,
    untrusted: untrustedWish(options),
    emit: session.emit,
    signal,
  });
  show(session, options, result.plan && planGraph(result.plan).graph, result.diagnostics);
  const wishes = { detailedExitcode: false, failOnUnsafe: false };
  return result.plan === undefined
    ? exitCodeOfDiagnostics(result.diagnostics)
    : exitCodeOfPlan(result.plan, result.diagnostics, wishes);
}

function show(
  session: Session,
  { format }: GraphOptions,
  graph: Graph | undefined,
  diagnostics: readonly Diagnostic[],
): void {
  showDiagnostics(session, diagnostics);
  if (graph === undefined) return;
  const text = format === "dot" ? dot(graph) : mermaid(graph);
  session.event({ type: "result", command: "graph", data: { format, text } });
  if (!session.options.json) session.say(text);
}
