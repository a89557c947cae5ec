import { Failure } from "../../model/failure.js";
import type { Repository } from "./repository.js";

/** What these ids stand for, in their order. Throws when git lacks one, or it is of another type. */
export async function readObjects(
  repository: Repository,
  type: "blob" | "commit",
  ids: readonly string[],
): Promise<Buffer[]> {
  if (ids.length === 0) return [];
  const input = ids.map((id) => `${id}\n`).join("");
  const said = await repository.git(["cat-file", "--batch"], { input });
  let at = 0;
  return ids.map((id) => {
    const head = said?.toString("latin1", at, said.indexOf("\n", at)) ?? "";
    const size = new RegExp(`^${id} ${type} (\\d+)$`).exec(head)?.[1];
    if (said === undefined || size === undefined)
      throw new Failure("permanent", "git does not have everything that this checkout is made of.", {
        hint: "Fetch it with its history and its files.",
      });
    const start = at + head.length + 1;
    at = start + Number(size) + 1;
    return said.subarray(start, at - 1);
  });
}
