import type { Failure } from "../model/failure.js";
import type { ExportStatusReport } from "../model/reports/status.js";
import { startProbes, textProbe, type Probe } from "../platform/probe-server.js";
import { wait } from "../platform/wait.js";
import { prometheus, PROMETHEUS_TYPE } from "../report/machine-readable/prometheus.js";
import { dueTimeOf } from "../schedule/dueness.js";
import type { NoticeState } from "../state/root/root.js";
import type { ApplyOptions } from "./apply.js";
import { Meters } from "./serve/meters.js";
import { runRound, type Readiness, type Round } from "./serve/round.js";

export interface ServeOptions extends Omit<ApplyOptions, "approve" | "targets" | "scheduled"> {
  readonly listen: { readonly host: string; readonly port: number };
  /** The longest pause between two looks. */
  readonly intervalSeconds: number;
  /** Called once, when probes are answered. */
  readonly onReady: (url: string) => void;
  /** Called after each round. */
  readonly onRound: (round: Round) => void;
}

/**
 * `apply --due` as a process: looks at least every interval, and whenever an
 * export becomes due, until it is told to stop.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { stop, listen, intervalSeconds, onReady, onRound } = options;
  const meters = new Meters();
  const unrecorded = new Map<string, NoticeState>();
  let readiness: Readiness = { ready: false, configValid: true, reason: "starting" };
  let exports: readonly ExportStatusReport[] = [];
  const server = await startProbes(listen, {
    "/healthz": () => textProbe(200, "ok\n"),
    "/readyz": () => readyProbe(readiness),
    "/metrics": () => ({
      status: 200,
      type: PROMETHEUS_TYPE,
      body: prometheus(meters.metrics(readiness, exports, new Date())),
    }),
  });
  try {
    onReady(server.url);
    while (!stop.aborted) {
      const round = await runRound({ ...options, unrecorded });
      readiness = round.readiness;
      exports = round.exports ?? exports;
      if (round.applied !== undefined) meters.take(round.applied);
      onRound(round);
      // By this round only: what became due since an earlier one that could not be looked at is not a reason to hurry.
      await pause(pauseMs(round.exports ?? [], intervalSeconds, Date.now()), stop);
    }
  } finally {
    await server.close();
  }
}

function readyProbe({ ready, reason }: Readiness): Probe {
  return ready ? textProbe(200, "ready\n") : textProbe(503, `not ready: ${reason ?? "unknown"}\n`);
}

/** Until the next export becomes due, or the interval is over. */
function pauseMs(exports: readonly ExportStatusReport[], intervalSeconds: number, now: number): number {
  const next = exports.flatMap(({ dueness }) => dueTimeOf(dueness)?.getTime() ?? []);
  return Math.max(0, Math.min(intervalSeconds * 1000, ...next.map((time) => time - now)));
}

async function pause(ms: number, stop: AbortSignal): Promise<void> {
  await wait(ms, stop).catch((error: Failure) => {
    if (!stop.aborted) throw error;
  });
}
