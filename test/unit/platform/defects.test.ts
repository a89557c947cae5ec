import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { stat } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { Failure } from "../../../src/model/failure.js";
import { Defect, DEFECTS, keptFailure } from "../../../src/platform/defects.js";

describe("kept", () => {
  it("keeps a failure as it is", () => {
    const failure = new Failure("auth", "The key is wrong.");
    expect(keptFailure(failure)).toBe(failure);
  });

  it("keeps a defect of ours, quotes nothing of it, and tells whoever listens", () => {
    const told: unknown[] = [];
    const listen = (error: unknown): void => void told.push(error);
    subscribe(DEFECTS, listen);
    const defect = new TypeError("anna@example.com is not iterable");
    const failure = keptFailure(defect);
    unsubscribe(DEFECTS, listen);
    expect(failure).toBeInstanceOf(Defect);
    expect(failure).toMatchObject({ kind: "permanent", cause: defect });
    expect(failure.message).toBe("Something unexpected went wrong inside rollcall (TypeError).");
    expect(failure.hint).toContain("ROLLCALL_DEBUG");
    expect(told).toEqual([defect]);
    expect(keptFailure("anna@example.com").message).not.toContain("anna");
  });

  it("throws on what concerns everything: interruptions, and trouble of the machine", () => {
    const full = Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write", path: "/tmp/x" });
    const aborted: unknown = AbortSignal.abort().reason;
    for (const error of [new Failure("interrupted", "Stopped."), aborted, full])
      expect(() => keptFailure(error)).toThrow(error as Error);
  });

  it("says which file is missing or closed to us, of whatever was worked on", async () => {
    const missing: unknown = await stat("/nowhere/at/all").catch((error: unknown) => error);
    expect(keptFailure(missing).message).toContain("/nowhere/at/all cannot be read or written (ENOENT)");
  });
});
