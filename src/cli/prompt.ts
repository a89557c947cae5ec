import { createInterface } from "node:readline/promises";
import { Failure } from "../model/failure.js";

/** Throws when nobody is there to be asked. `hint`: what to run instead; `taken`: the input holds something else. */
export function mustHaveTerminal(hint: string, taken = false): void {
  if (process.stdin.isTTY === true && !taken) return;
  throw new Failure("invalid", "There is no terminal to ask for approval.", { hint });
}

/** Asks on the terminal; true only for the one word. The end of the input counts as no. */
export async function confirm(question: string, signal: AbortSignal, word = "yes"): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // readline keeps Ctrl-C to itself; the process's own listeners decide what it means.
  terminal.on("SIGINT", () => process.emit("SIGINT"));
  const closed = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  try {
    const answer = await Promise.race([terminal.question(question, { signal }), closed]);
    return answer.trim() === word;
  } finally {
    terminal.close();
  }
}
