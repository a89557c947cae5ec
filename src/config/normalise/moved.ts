import type { Moved, Removed } from "../../model/config/moved.js";
import type { Moved as MovedYaml, Removed as RemovedYaml } from "../schema/config-file.gen.js";
import { limitOf } from "./export.js";

export function movedOf(yaml: MovedYaml): Moved {
  if (yaml.from !== undefined) return { from: yaml.from, to: yaml.to ?? "" };
  return {
    export: yaml.export ?? "",
    fromList: String(yaml.fromList),
    toList: String(yaml.toList),
    oldMembers: yaml.oldMembers ?? "keep",
    maxRemovals: yaml.maxRemovals && limitOf(yaml.maxRemovals),
  };
}

export function removedOf(yaml: RemovedYaml): Removed {
  return {
    export: yaml.export,
    members: yaml.members,
    maxRemovals: yaml.maxRemovals && limitOf(yaml.maxRemovals),
  };
}
