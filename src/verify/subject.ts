import { randomBytes } from "node:crypto";
import { Failure } from "../model/failure.js";
import { literal, type Relation } from "../plugin/relation.js";
import type { Destination, ListInfo } from "../plugin/destination.js";
import type { Trial, TrialSubject } from "../plugin/trial.js";
import type { OpenConnection } from "../run/accounts.js";
import type { Run } from "../run/run.js";

/** Two addresses as one trial takes them, one a line. Throws when they are anything else. */
export async function readAddresses({ engine }: Run, text: string): Promise<readonly [string, string]> {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const values = lines.map((line) => `(${literal(line)})`).join(", ");
  const rows =
    lines.length === 0
      ? []
      : await engine.rows<{ key: string | null }>(
          `SELECT CASE WHEN valid_address(address_key(line)) THEN address_key(line) END AS key FROM (VALUES ${values}) AS written(line)`,
        );
  const [first, second] = [...new Set(rows.map(({ key }) => key))];
  if (lines.length === 2 && typeof first === "string" && typeof second === "string") return [first, second];
  throw new Failure("invalid", "A trial takes two different addresses of your own, one a line.", {
    hint: "Write them into a file and name it with --addresses, or give them on standard input with `--addresses -`.",
  });
}

/** A subject on which a trial can harm nobody; throws `Failure("refused")` when somebody else could be touched. */
export async function chooseSubject(
  run: Run,
  open: OpenConnection,
  destination: Destination,
  trial: Trial,
  listId: string,
  addresses: readonly [string, string],
): Promise<{ subject: TrialSubject; list: ListInfo }> {
  const { signal, config, state } = run;
  const list = await destination.list(listId, signal);
  if (list === undefined)
    throw new Failure("not-found", `Connection "${open.connection.name}" has no list ${listId}.`);
  // Another connection may lead to the same account, so that any export may mean the list by its id.
  const named = [...config.exports.values()].find(({ list: target }) =>
    "id" in target ? target.id === listId : target.name === list.name,
  );
  const recorded = Object.entries(state.root.exports).find(
    ([, known]) => known.list.accountId === open.accountKey && known.list.listId === listId,
  );
  const user = named?.name ?? recorded?.[0];
  if (user !== undefined)
    throw refused(`List ${listId} is the one of export "${user}".`, "Make an empty list for the trial.");
  const members = await destination.members(listId, { attributes: false }, signal);
  if ((await countRows(run, members)) > 0)
    throw refused(
      `List ${listId} is not empty.`,
      "Make an empty list for the trial: whoever is on another one is not to be touched.",
    );
  if (await trial.knows(addresses, signal))
    throw refused(
      "The account knows one of the addresses already.",
      "Take addresses of yours that are not contacts there, and not suppressed: the trial deletes them at its end. An address with +trial before the @ is another one.",
    );
  await mustNotBeForgotten(run, addresses);
  const startedAt = new Date().toISOString();
  return { subject: { listId, addresses, mark: randomBytes(4).toString("hex"), startedAt }, list };
}

async function countRows({ engine }: Run, relation: Relation): Promise<number> {
  return engine.count(`SELECT count(*) FROM (${relation.sql})`);
}

async function mustNotBeForgotten(run: Run, addresses: readonly string[]): Promise<void> {
  if (run.forgotten === undefined) return;
  const keys = addresses.map((address) => `(${literal(address)})`).join(", ");
  const among = run.forgotten(`SELECT key FROM (VALUES ${keys}) AS given(key)`);
  if ((await run.engine.count(`SELECT count(*) FROM (${among})`)) > 0)
    throw refused("One of the addresses is of somebody who was forgotten.", "Take another one.");
}

function refused(message: string, hint: string): Failure {
  return new Failure("refused", message, { hint });
}
