import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

let known: string | undefined;

/**
 * Who owns a file that a crash may leave behind: `<machine>.<pid>.<start>`.
 *
 * `machine` covers host, boot and process-id namespace, so that a container or
 * a machine that was restarted is never mistaken for this one; `start` is the
 * process's start time (from /proc where there is one), so that a reused
 * process id is not either.
 */
export const processIdentity = `${machine()}.${process.pid}.${startTime(process.pid) ?? 0}`;

/** Whether the process of an identity still runs; `elsewhere` when it belongs to another machine, boot or container. */
export function readProcessState(identity: string): "running" | "dead" | "elsewhere" {
  const [where, pidText, start] = identity.split(".");
  const pid = Number(pidText);
  if (where !== machine() || !Number.isSafeInteger(pid) || pid <= 0) return "elsewhere";
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, but belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "dead";
  }
  const now = startTime(pid);
  if (now === undefined || start === "0") return "running";
  return String(now) === start ? "running" : "dead";
}

function machine(): string {
  known ??= createHash("sha256")
    .update(`${hostname()}\n${attempt(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"))}\n`)
    .update(attempt(() => readlinkSync("/proc/self/ns/pid")))
    .digest("hex")
    .slice(0, 12);
  return known;
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets, so count from its end. A zombie has ended. */
function startTime(pid: number): number | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return -1;
  const start = Number(fields[19]);
  return stat !== "" && Number.isFinite(start) ? start : undefined;
}

function attempt(read: () => string): string {
  try {
    return read();
  } catch {
    return "";
  }
}
