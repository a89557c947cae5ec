import type { ConsentEntry } from "../../model/consent.js";
import { consentChange } from "../../policy/consent.js";
import type { StateRoot } from "../../state/root.js";
import type { Session } from "../../run/run.js";
import { ownValue } from "../../model/own-value.js";

/** Records what the config says about the consent of each connection, as far as that is new, before anything is sent. */
export async function recordConsents({ config, state, signal }: Session, actor: string): Promise<void> {
  const changes = (root: StateRoot): [string, ReturnType<typeof consentChange>][] =>
    [...new Set([...config.connections.keys(), ...Object.keys(root.consents ?? {})])].map((name) => [
      name,
      consentChange(config.connections.get(name), ownValue(root.consents, name)),
    ]);
  if (changes(state.root).every(([, change]) => change === undefined)) return;
  const seenAt = new Date().toISOString();
  await state.update((root) => {
    for (const [name, change] of changes(root)) {
      if (change === undefined) continue;
      const entry: ConsentEntry = { ...change, seenAt, actor };
      root.consents = { ...root.consents, [name]: [...(ownValue(root.consents, name) ?? []), entry] };
    }
  }, signal);
}
