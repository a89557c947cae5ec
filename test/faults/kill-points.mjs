// Loaded with --import before the built command: numbers every moment at which
// it changes a file or talks to a destination, writes them down, and kills its
// own process at the one that it was told. The product knows nothing of it.
import { subscribe } from "node:diagnostics_channel";
import fs, { openSync, writeSync } from "node:fs";
import promises from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

/** `at`: number or name of the moment to die at, 0 = never. `log`: where moments are written. `aheadMs`: how far the clock is ahead. */
const { at, log, aheadMs } = JSON.parse(process.env["ROLLCALL_KILL_POINT"]);
const written = openSync(log, "w", 0o600);
let passed = 0;

/** A moment passes, or the process ends. */
function moment(name) {
  passed += 1;
  writeSync(written, `${name}\n`);
  if (passed === at || name === at) process.kill(process.pid, "SIGKILL");
}

/** What of a path is worth telling apart; undefined for files that are none of ours. */
function area(path) {
  const text = String(path);
  const state = /\/\.rollcall(?:\/(.*))?$/.exec(text);
  if (state !== null) {
    const [, inside = ""] = state;
    return (
      /^blobs\/([a-z-]+)/.exec(inside)?.[1] ??
      { root: "root", leases: "lock", tmp: "temporary" }[inside.split("/")[0] ?? ""] ??
      "state folder"
    );
  }
  if (text.includes("/rollcall-run-")) return "run folder";
  return text.startsWith(process.cwd()) ? "list file" : undefined;
}

/** A moment before the call and, where it writes bytes, one when half of them are written. */
function deadly(owner, name, subject, half) {
  const original = owner[name];
  owner[name] = function (...args) {
    const about = area(subject.call(this, args));
    if (about === undefined) return original.apply(this, args);
    moment(`${name} ${about}`);
    if (half === undefined) return original.apply(this, args);
    passed += 1;
    writeSync(written, `torn ${name} ${about}\n`);
    if (passed !== at) return original.apply(this, args);
    return original.apply(this, half(args)).then(() => process.kill(process.pid, "SIGKILL"));
  };
}

const halfOf = (data) => data.slice(0, Math.floor(data.length / 2));
const first = ([path]) => path;
const second = ([, path]) => path;

deadly(promises, "mkdir", first);
deadly(promises, "mkdtemp", first);
deadly(promises, "rm", first);
deadly(promises, "unlink", first);
deadly(promises, "chmod", first);
deadly(promises, "link", second);
deadly(promises, "rename", second);
deadly(promises, "copyFile", second);
deadly(promises, "writeFile", first, ([path, data, ...more]) => [path, halfOf(data), ...more]);
deadly(promises, "appendFile", first, ([path, data, ...more]) => [path, halfOf(data), ...more]);
deadly(fs, "createWriteStream", first);

/** Paths of open files; those that are only read are left out. */
const paths = new WeakMap();
const { open } = promises;
promises.open = async (path, flags = "r", ...more) => {
  const about = flags === "r" ? undefined : area(path);
  if (about !== undefined) moment(`open ${about}`);
  const handle = await open(path, flags, ...more);
  paths.set(handle, about === undefined ? undefined : path);
  return handle;
};
const probe = await open(log, "r");
const handles = Object.getPrototypeOf(probe);
await probe.close();
const opened = function () {
  return paths.get(this);
};
deadly(handles, "write", opened, ([data, offset = 0]) => [halfOf(data.subarray(offset)), 0]);
deadly(handles, "appendFile", opened, ([data, ...more]) => [halfOf(data), ...more]);
deadly(handles, "sync", opened);
syncBuiltinESMExports();

/** A request before anything of it was sent, when all of it was, and when the answer begins. */
for (const [channel, name] of [
  ["undici:request:create", "before"],
  ["undici:request:bodySent", "sent"],
  ["undici:request:headers", "answered"],
]) {
  subscribe(channel, ({ request: { method, path } }) => {
    const place = path
      .replace(/\?.*$/, "")
      .replaceAll(/(?<=\/)(?:[0-9a-f-]*\d[0-9a-f-]*|[^/]*(?:@|%40)[^/]*)(?=\/|$)/g, "*");
    moment(`${name} ${method} ${place}`);
  });
}

if (aheadMs > 0) {
  const RealDate = Date;
  const now = () => RealDate.now() + aheadMs;
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...(args.length === 0 ? [now()] : args));
    }
    static now = now;
  };
}
