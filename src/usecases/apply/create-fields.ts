import { Failure } from "../../model/failure.js";
import type { PreparedExport } from "../prepare/prepared.js";
import { ensureFields } from "./ensure.js";

/**
 * Creates the fields that these exports lack. True when a destination gave one
 * another id than the plan assumed (SendGrid makes ids up): what was assembled
 * with the assumed id cannot be sent and has to be prepared again. A failure is
 * left to the sending, which meets it again and records it.
 */
export async function createFields(
  exports: readonly PreparedExport[],
  signal: AbortSignal,
): Promise<boolean> {
  let renamed = false;
  for (const one of exports) {
    if (!one.bindings.some(({ create }) => create)) continue;
    try {
      await ensureFields(one, signal);
      renamed = (await hasOtherIds(one, signal)) || renamed;
    } catch (error) {
      if (!(error instanceof Failure) || error.kind === "interrupted") throw error;
    }
  }
  return renamed;
}

async function hasOtherIds(
  { bindings, open, wanted }: PreparedExport,
  signal: AbortSignal,
): Promise<boolean> {
  const now = open.plugin.bind(wanted.attributes, await open.destination.fields(signal)).bindings;
  return bindings.some(({ create, field }, index) => create && now[index]?.field.id !== field.id);
}
