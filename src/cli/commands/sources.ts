import { previewHuman } from "../../report/sources/preview-human.js";
import { sourceListHuman } from "../../report/sources/source-list-human.js";
import { sourceReportsHuman } from "../../report/sources/source-reports-human.js";
import { type Register, performAction } from "../command.js";
import { limitOf } from "../options/limit.js";
import { showDiagnostics } from "../output/diagnostics.js";
import { EXIT, exitCodeOfDiagnostics, exitCodeOfKinds } from "../process/exit-code.js";

interface PreviewWords {
  readonly sql?: string;
  readonly limit: string;
  readonly reveal?: boolean;
}

export const register: Register = (program, outcome) => {
  const sources = program.command("sources").description("look at sources");

  const list = sources
    .command("list")
    .description("show the sources, what they read, and the segments and exports that depend on them");
  list.action(async () => {
    await performAction(list, outcome, async (output, { signal }) => {
      const { listSources } = await import("../../usecases/sources/list.js");
      const { sources: found, diagnostics } = await listSources({ ...output.choice, signal });
      showDiagnostics(output, diagnostics);
      const code = exitCodeOfDiagnostics(diagnostics);
      if (code !== EXIT.done) return code;
      output.event({ type: "result", command: "sources list", data: { sources: found } });
      output.say(sourceListHuman(found, output.width, output.paint));
      return EXIT.done;
    });
  });

  const test = sources
    .command("test")
    .description("read sources whole, as a plan does, and show their columns and what proves them complete")
    .argument("[names...]", "sources; all without");
  test.action(async (names: string[]) => {
    await performAction(test, outcome, async (output, { signal }) => {
      const { testSources } = await import("../../usecases/sources/test.js");
      const { reports, diagnostics } = await testSources({
        ...output.choice,
        names,
        emit: output.emit,
        signal,
      });
      showDiagnostics(output, diagnostics);
      const code = exitCodeOfDiagnostics(diagnostics);
      if (code !== EXIT.done) return code;
      output.event({ type: "result", command: "sources test", data: { sources: reports } });
      output.say(sourceReportsHuman(reports, new Date().toISOString(), output.paint));
      return exitCodeOfKinds(reports.flatMap(({ error }) => error?.kind ?? []));
    });
  });

  const preview = sources
    .command("preview")
    .description("show the columns of a source, how many values are empty, and a masked sample of its rows")
    .argument("<name>", "a source")
    .option("--sql <select>", "look at the rows of one SELECT over this source and others instead")
    .option("--limit <rows>", "the most rows that are shown", "20")
    .option("--reveal", "show values as they are");
  preview.action(async (name: string, { sql, limit, reveal }: PreviewWords) => {
    await performAction(preview, outcome, async (output, { signal }) => {
      const { previewSource } = await import("../../usecases/sources/preview.js");
      const found = await previewSource({
        ...output.choice,
        name,
        sql,
        limit: limitOf(limit),
        reveal: reveal === true,
        emit: output.emit,
        signal,
      });
      showDiagnostics(output, found.diagnostics);
      if (found.preview === undefined) return exitCodeOfDiagnostics(found.diagnostics);
      output.event({ type: "result", command: "sources preview", data: found.preview });
      output.say(previewHuman(found.preview, output.width, output.paint));
      return EXIT.done;
    });
  });
};
