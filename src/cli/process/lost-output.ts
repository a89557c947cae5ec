import type { ExitCode } from "./exit-code.js";

const FAILED: ExitCode = 1;
/** An output that is not whole is not a success, also where changes were the answer. */
const GOOD: readonly ExitCode[] = [0, 2];

/**
 * Lets a command go on when its output cannot be written: a run that sends is
 * not cut off because a disk is full. `rollcall plan | head` closes the pipe,
 * which is not an error at all. Gives what ends the command: it says what was lost,
 * and turns the code of a success into that of a failure.
 */
export function watchOutput(): (wanted: ExitCode) => Promise<ExitCode> {
  let lost: string | undefined;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", ({ code = "unknown" }: NodeJS.ErrnoException) => {
      if (code === "EPIPE") stream.destroy();
      // Where stderr is lost, there is nothing left to say it on.
      else if (stream === process.stdout) lost ??= code;
    });
  }
  return async (wanted) => {
    for (const stream of [process.stdout, process.stderr]) await flushed(stream);
    if (lost === undefined) return wanted;
    process.stderr.write(
      `error: The output is not whole: stdout cannot be written (${lost}).\n       Make room where it leads, or let it lead elsewhere. What a run did is done all the same: the history of runs tells.\n`,
    );
    await flushed(process.stderr);
    return GOOD.includes(wanted) ? FAILED : wanted;
  };
}

async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    if (stream.destroyed || stream.writableEnded) resolve();
    else stream.write("", () => resolve());
  });
  // An error is told after the write that met it.
  await new Promise((resolve) => setImmediate(resolve));
}
