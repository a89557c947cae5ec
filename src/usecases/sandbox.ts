import { startSandbox, type Sandbox } from "../sandbox/index.js";

export interface SandboxCommandOptions {
  readonly port: number;
  readonly behaviour: "documented" | "pessimistic";
  readonly limits: "vendor" | "none";
  /** Absolute folder that keeps what the accounts hold; nothing is kept without it. */
  readonly stateFolder: string | undefined;
  /** Called once, when requests are answered. */
  readonly onReady: (sandbox: Sandbox) => void;
  /** Ends it. */
  readonly stop: AbortSignal;
}

/** Runs the stand-ins for both vendors until told to stop. */
export async function runSandbox(options: SandboxCommandOptions): Promise<void> {
  const { port, behaviour, limits, stateFolder, onReady, stop } = options;
  const sandbox = await startSandbox({
    port,
    behaviour,
    limits,
    ...(stateFolder === undefined ? {} : { stateFolder }),
  });
  try {
    onReady(sandbox);
    if (!stop.aborted)
      await new Promise<void>((resolve) => stop.addEventListener("abort", () => resolve(), { once: true }));
  } finally {
    await sandbox.stop();
  }
}
