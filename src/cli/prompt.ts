import { createInterface } from "node:readline/promises";

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
