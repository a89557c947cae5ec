import { accountState, wasApplied, type ExportState, type StateRoot } from "../state/root/root.js";

/** How people came to be on the list for these records of one list. */
export function howBegun(
  known: readonly Pick<ExportState, "list" | "lastRun">[],
  root: Pick<StateRoot, "accounts">,
): "applied" | "adopted" | "applied in part" {
  if (known.some(wasApplied)) return "applied";
  const isAdopted = known.some(({ list: { accountId, listId } }) =>
    Object.values(accountState(root, accountId)?.observations ?? {}).some(
      (one) => one.operation === "adopt" && one.listId === listId,
    ),
  );
  return isAdopted ? "adopted" : "applied in part";
}
