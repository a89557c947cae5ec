import type { ForgottenAt } from "../model/reports/forget.js";
import { keptFailure } from "../platform/defects.js";
import type { Failure } from "../model/failure.js";
import type { Contact } from "../plugin/destination.js";
import { openJournal } from "../state/journal/journal.js";
import type { HeldAccount } from "../state/store.js";
import type { Run } from "../run/run.js";
import { eraseFromAccount, type ErasedRows } from "./erase.js";
import { countBlocklisted, describeFound, errorOf, type FoundPeople } from "./look-up-people.js";
import { needsWithdrawal, withdrawAndConfirm } from "./withdraw.js";

export interface ClearInput {
  readonly found: FoundPeople;
  readonly deleting: boolean;
  readonly runId: string;
  readonly actor: string;
  /** Undefined when state does not know the account. */
  readonly holder: HeldAccount | undefined;
  /** Safe as part of an SQL or file name. */
  readonly prefix: string;
}

export interface ClearedAccount {
  readonly at: ForgottenAt;
  readonly erased: ErasedRows;
}

const NOTHING: ErasedRows = { memberships: 0, optOuts: 0 };

/** First the destination, then state; an account that fails keeps its part of the state, so that the next run can go on. */
export async function clearAccount(run: Run, input: ClearInput): Promise<ClearedAccount> {
  const { found, holder, prefix } = input;
  const { target, failure, recorded, unsettled } = found;
  if (failure !== undefined) {
    const neverOurs = failure.kind === "refused" || target.connections.length === 0;
    if (!neverOurs || recorded > 0 || unsettled)
      return { at: result(input, "left", failure), erased: NOTHING };
    const erased = await eraseFromAccount(run, target.key, holder, prefix);
    return { at: result(input, "not asked", failure), erased };
  }
  try {
    const contacts = await withdrawPeople(run, input);
    const checkedAt = new Date().toISOString();
    const erased = await eraseFromAccount(run, target.key, holder, prefix);
    const none = found.contacts.length === 0 && contacts.length === 0 && recorded === 0;
    return {
      at: {
        ...result(input, none ? "nothing there" : "cleared", undefined),
        // As read back, not as it was before.
        blocklisted: countBlocklisted(contacts),
        kept: contacts.length,
        deleted: input.deleting ? found.contacts.length - contacts.length : 0,
        evidence: "read-back",
        checkedAt,
      },
      erased,
    };
  } catch (error) {
    return { at: result(input, "left", keptFailure(error)), erased: NOTHING };
  }
}

/** The contacts that stay. What is done at the vendor is in the journal before and after, without an address. */
async function withdrawPeople(run: Run, input: ClearInput): Promise<readonly Contact[]> {
  const { found, deleting, runId, actor } = input;
  const { target, asked, contacts, owned, shownFrom } = found;
  const { key, open, destination } = target;
  if (key === undefined || open === undefined || destination === undefined)
    throw new TypeError("an account without a failure is open");
  const withdrawal = { open, destination, people: asked, owned, deleting, shownFrom };
  const toDo = contacts.filter((contact) => needsWithdrawal(contact, withdrawal));
  if (toDo.length === 0 && Date.now() >= shownFrom) return contacts;
  const journal = await openJournal(run.state.journals, key, runId, run.signal);
  const note = (name: string, detail: Readonly<Record<string, string | number>>): Promise<unknown> =>
    journal.append([{ type: "note", name, detail }], run.signal);
  const lists = new Set(toDo.flatMap((contact) => contact.lists)).size;
  await note(deleting ? "delete-contacts" : "withdraw", { contacts: toDo.length, lists, actor });
  run.emit({ type: "stage", export: undefined, stage: `withdrawing people at ${open.connection.name}` });
  const kept = await withdrawAndConfirm(run, withdrawal);
  await note("confirmed", { contacts: kept.length });
  return kept;
}

function result(
  { found }: ClearInput,
  status: ForgottenAt["status"],
  failure: Failure | undefined,
): ForgottenAt {
  return {
    ...describeFound(found),
    status,
    kept: status === "left" ? found.contacts.length : 0,
    deleted: 0,
    evidence: undefined,
    checkedAt: undefined,
    error: errorOf(failure),
  };
}
