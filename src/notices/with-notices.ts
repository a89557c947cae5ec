import type { LoadedConfig } from "../config/load.js";
import { Failure } from "../model/failure.js";
import { failureOutcome, type Outcome } from "./outcome.js";
import { notify } from "./notify.js";
import type { NoticeOptions } from "./notice-options.js";
import { Project } from "../run/project.js";

interface Misusable {
  readonly targets?: readonly string[] | undefined;
  readonly overrides?: readonly string[] | undefined;
}

/**
 * Does the work and tells the config's notifiers what it means, also when it
 * throws. Notices never change how a run ends: what goes wrong with them is a
 * warning.
 */
export async function withNotices<Result>(
  options: NoticeOptions & Misusable,
  command: "apply" | "drift",
  work: (project: Project) => Promise<Result>,
  outcomesOf: (result: Result) => readonly Outcome[],
): Promise<Result> {
  const project = new Project(options);
  const report = async (outcomes: readonly Outcome[], runId?: string): Promise<void> => {
    if (options.notify !== false) await notify({ ...options, command, project, runId }, outcomes);
  };
  let result: Result;
  try {
    result = await work(project);
  } catch (error) {
    const outcome = isMisuse(error, options, project) ? undefined : thrown(error);
    if (outcome !== undefined) await report([outcome]);
    throw error;
  }
  const { loaded } = project;
  if (loaded !== undefined && loaded.config === undefined) await report([unsound(loaded)]);
  else await report(outcomesOf(result), (result as { run?: { id: string } }).run?.id);
  return result;
}

/** Whoever mistypes a name at the command line is told there. */
function isMisuse(error: unknown, { targets, overrides }: Misusable, { state }: Project): boolean {
  const named = (targets?.length ?? 0) + (overrides?.length ?? 0) > 0;
  return named && state !== undefined && error instanceof Failure && error.kind === "invalid";
}

function thrown(error: unknown): Outcome | undefined {
  if (error instanceof Failure)
    return error.kind === "interrupted" ? undefined : failureOutcome(undefined, error);
  const { name } = error as Error;
  if (name === "AbortError") return undefined;
  // The message of a defect may quote data.
  const message = `Something unexpected went wrong inside rollcall (${name}).`;
  return failureOutcome(undefined, { kind: "unexpected", message, hint: "Run it by hand to see more." });
}

function unsound({ diagnostics }: LoadedConfig): Outcome {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const places = errors
    .slice(0, 3)
    .map(({ code, position }) =>
      position === undefined ? code : `${position.file}:${position.line}:${position.column} (${code})`,
    );
  const more = errors.length > places.length ? ` and ${errors.length - places.length} more` : "";
  return failureOutcome(undefined, {
    kind: "invalid",
    message: `The configuration is not sound: ${places.join(", ")}${more}.`,
    hint: "Run `rollcall validate` to see what is wrong, and fix it.",
  });
}
