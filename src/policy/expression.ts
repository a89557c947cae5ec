import { Environment, EvaluationError, ParseError, TypeError as CelTypeError } from "@marcbachmann/cel-js";
import { CLASSES } from "./policy-input.js";
import { OBJECT_TYPES, VARIABLES } from "./input-types.js";
import { isOutOfTime, runWithinTime } from "./time-limit.js";

/** What is wrong with an expression, and where in it. */
export interface ExpressionFault {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What no sensible policy comes near; the time ends what is large only once it runs. */
const LIMITS = {
  maxAstNodes: 1000,
  maxDepth: 50,
  maxListElements: 200,
  maxMapEntries: 200,
  maxCallArguments: 10,
};
const MAX_MS = 1000;

/** Parses and type-checks a condition. */
export function checkCondition(text: string): ExpressionFault | undefined {
  const { valid, type, error } = environment().check(text);
  if (!valid) return faultOf(error, text);
  if (type === "bool" || type === "dyn") return undefined;
  return {
    message: `It yields ${type ?? "nothing"}, and has to yield true or false.`,
    start: 0,
    end: text.length,
  };
}

/** Evaluates a condition; anything but true or false comes back as the reason. */
export function evaluateCondition(
  text: string,
  input: Readonly<Record<string, unknown>>,
): { readonly value: boolean } | { readonly fault: string } {
  try {
    const value: unknown = runWithinTime(MAX_MS, () => environment().evaluate(text, input));
    return typeof value === "boolean" ? { value } : { fault: "it does not yield true or false" };
  } catch (error) {
    if (isOutOfTime(error)) return { fault: `it takes longer than ${MAX_MS} ms` };
    return { fault: faultOf(error, text).message };
  }
}

let known: Environment | undefined;

function environment(): Environment {
  return (known ??= createEnvironment());
}

function createEnvironment(): Environment {
  const made = new Environment({ limits: LIMITS });
  for (const [name, fields] of Object.entries(OBJECT_TYPES)) {
    const ctor = CLASSES.get(name);
    if (ctor !== undefined) made.registerType(name, { ctor, fields: typesOf(fields) });
  }
  for (const [name, { type }] of Object.entries(VARIABLES)) made.registerVariable(name, type);
  made.registerFunction("list<int>.sum(): int", (numbers: readonly bigint[]) =>
    numbers.reduce((all, one) => all + one, 0n),
  );
  return made;
}

function typesOf(fields: (typeof OBJECT_TYPES)[string]): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, { type }]) => [name, type]));
}

function faultOf(error: unknown, text: string): ExpressionFault {
  const whole = { start: 0, end: text.length };
  if (error instanceof ParseError || error instanceof EvaluationError || error instanceof CelTypeError)
    return { message: error.summary, ...(error.range ?? whole) };
  // A stack overflow, say.
  return { message: "it cannot be evaluated", ...whole };
}
