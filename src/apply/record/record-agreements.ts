import type { AgreementEntry } from "../../model/connections/agreement.js";
import { agreementChange } from "../../policy/agreement.js";
import type { StateRoot } from "../../state/root/root.js";
import type { Run } from "../../run/run.js";
import { ownValue } from "../../model/own-value.js";

/** Records what the config says about the agreement of each connection, as far as that is new, before anything is sent. */
export async function recordAgreements({ config, state, signal }: Run, actor: string): Promise<void> {
  const changes = (root: StateRoot): [string, ReturnType<typeof agreementChange>][] =>
    [...new Set([...config.connections.keys(), ...Object.keys(root.consents ?? {})])].map((name) => [
      name,
      agreementChange(config.connections.get(name), ownValue(root.consents, name)),
    ]);
  if (changes(state.root).every(([, change]) => change === undefined)) return;
  const seenAt = new Date().toISOString();
  await state.update((root) => {
    for (const [name, change] of changes(root)) {
      if (change === undefined) continue;
      const entry: AgreementEntry = { ...change, seenAt, actor };
      root.consents = { ...root.consents, [name]: [...(ownValue(root.consents, name) ?? []), entry] };
    }
  }, signal);
}
