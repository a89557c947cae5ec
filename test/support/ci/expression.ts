import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** What a workflow's expressions may ask for: `github`, `matrix`, `secrets`, … */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the steps or jobs before went. */
export type Sofar = "success" | "failure";

const STATUS = ["always", "success", "failure", "cancelled"];

/** Evaluates one expression by GitHub's own library. */
export function evaluate(expression: string, contexts: Contexts, sofar: Sofar): data.ExpressionData {
  const functions = STATUS.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const answers: Readonly<Record<string, boolean>> = {
    always: true,
    success: sofar === "success",
    failure: sofar === "failure",
    cancelled: false,
  };
  const defined = functions.map((one) => ({
    ...one,
    call: () => new data.BooleanData(answers[one.name] === true),
  }));
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, context, new Map(defined.map((one) => [one.name, one]))).evaluate();
}

/** Whether a step or job with this `if` runs; without one it runs after success. */
export function runs(condition: string | undefined, contexts: Contexts, sofar: Sofar): boolean {
  const text = condition?.replace(/^\$\{\{(.*)\}\}$/s, "$1").trim();
  const asksForStatus = text !== undefined && STATUS.some((name) => text.includes(`${name}()`));
  if (!asksForStatus && sofar !== "success") return false;
  return text === undefined || evaluate(text, contexts, sofar).coerceString() === "true";
}

/** A text with its `${{ … }}` filled in. */
export function fillIn(text: string, contexts: Contexts): string {
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression.trim(), contexts, "success").coerceString(),
  );
}
