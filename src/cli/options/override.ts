import { OVERRIDABLE } from "../../plan/checks/registry.js";

/** What `--override` says of itself. */
export const OVERRIDE = `let a failed check pass, as NAME or EXPORT:NAME; may be repeated. One of ${OVERRIDABLE.join(", ")}`;

/** Gathers an option that may be given more than once. */
export function collectOption(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}
