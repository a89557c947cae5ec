import type { ConfigChoice } from "../config/choice.js";
import type { Emit } from "../model/run/event.js";
import type { NoticeState } from "../state/root/root.js";
import type { Project } from "../run/project.js";
import type { Outcome } from "./outcome.js";

/** What a command may say about its notices. */
export interface Notifying {
  /** False: nobody is told, and nothing is remembered of this run. */
  readonly notify?: boolean | undefined;
  /** The run's page in the CI system. */
  readonly link?: string | undefined;
  /** What a process that goes on has told and could not record in the state yet, by subject. */
  readonly unrecorded?: Map<string, NoticeState> | undefined;
}

export interface NoticeOptions extends ConfigChoice, Notifying {
  readonly actor: string;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

/** A run whose outcomes are to be told. */
export interface NotifiedRun extends NoticeOptions {
  readonly command: "apply" | "drift";
  readonly project: Pick<Project, "loaded" | "state">;
  /** Undefined where no run came about. */
  readonly runId: string | undefined;
}

/** What an outcome is about, as state calls it: an export of a command, or the command as a whole. */
export function subjectOf({ command }: NotifiedRun, { export: name }: Outcome): string {
  return name === undefined ? command : `${command}:${name}`;
}

/** The export that a subject is about; undefined: a command as a whole. */
export function exportOf(subject: string): string | undefined {
  const [, name] = subject.split(":");
  return name;
}
