import type { ConfigChange } from "../../model/plan/plan.js";

/** What is said of a change beside its name; empty where its diff says all. */
export function changeRemark({ kind, from, detail = "" }: ConfigChange): string {
  switch (kind) {
    case "new":
      return "new export";
    case "changed":
      return "";
    case "orphaned":
      return `no longer in the configuration; ${detail}`;
    case "renamed":
      return `renamed from ${from ?? ""}`;
    case "moved":
      return `goes from list ${from ?? ""} to another; ${detail}`;
    case "removed":
      return `removed; ${detail}`;
    case "protected":
    case "unprotected":
      return detail;
  }
}

/** A unified diff without the lines before it that name files: the heading names the export. */
export function hunksOfDiff(diff: string): string[] {
  const lines = diff.trimEnd().split("\n");
  const first = lines.findIndex((line) => line.startsWith("@@"));
  return first === -1 ? [] : lines.slice(first).filter((line) => line !== "");
}
