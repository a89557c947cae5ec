import type { ClaimsMove } from "../../state/people/claims-mapping.js";
import type { Export } from "../../model/config/export.js";
import type { CompiledExport } from "../prepared.js";
import type { Relocation } from "../../records/relocation.js";
import type { Transition } from "../../records/transition.js";

interface NamedExport {
  readonly wanted: Pick<Export, "name">;
}

/** What is known of an export whose claims move. */
export interface MovingExport extends NamedExport, Pick<CompiledExport, "renamedFrom" | "united"> {
  readonly relocation: Pick<Relocation, "from" | "departed" | "oldMembers"> | undefined;
}

/** What becomes of the claims that are recorded for an export under another name or on another list. */
export function movesOf({ wanted, renamedFrom, united, relocation }: MovingExport): ClaimsMove[] {
  const moves: ClaimsMove[] = [];
  if (relocation !== undefined) {
    const becomes = relocation.oldMembers === "remove" ? relocation.departed : undefined;
    for (const recorded of [renamedFrom ?? wanted.name, ...united])
      moves.push({ export: recorded, listId: relocation.from.listId, becomes });
  }
  for (const recorded of [...(renamedFrom === undefined ? [] : [renamedFrom]), ...united])
    moves.push({ export: recorded, listId: undefined, becomes: wanted.name });
  return moves;
}

/** Claims of an account that are let go, while the people stay. */
export function dropsOf({ dropped }: Pick<Transition, "dropped">, accountKey: string): ClaimsMove[] {
  return dropped
    .filter(({ state }) => state.list.accountId === accountKey)
    .map(({ name }) => ({ export: name, listId: undefined, becomes: undefined }));
}

/** The claims of an export that are let go once everybody whom we added is off its list. */
export function goneOf({ leaving, wanted }: NamedExport & Pick<CompiledExport, "leaving">): ClaimsMove[] {
  return leaving ? [{ export: wanted.name, listId: undefined, becomes: undefined }] : [];
}
