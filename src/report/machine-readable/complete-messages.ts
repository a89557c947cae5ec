import { completeCommands, type Invocation } from "../../model/words/command-line.js";

/** Where documents have texts of ours; elsewhere stands what others wrote. */
const TEXTS: ReadonlySet<string> = new Set(["message", "hint", "notes"]);

/** A document, such as a plan or an event, whose messages name commands as this run would be called. */
export function completeMessages<Value>(value: Value, invocation: Invocation): Value {
  return Object.values(invocation).every((chosen) => chosen === undefined)
    ? value
    : (completed(value, invocation, false) as Value);
}

function completed(value: unknown, invocation: Invocation, isText: boolean): unknown {
  if (typeof value === "string") return isText ? completeCommands(value, invocation) : value;
  if (Array.isArray(value)) return value.map((item) => completed(item, invocation, isText));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, completed(item, invocation, TEXTS.has(key))]),
  );
}
