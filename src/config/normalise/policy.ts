import type { Roles } from "../../model/config/access.js";
import type { Policy } from "../../model/config/policy.js";
import type { Policy as PolicyYaml, Roles as RolesYaml } from "../schema/config-file.gen.js";

export function policyOf(name: string, { level, deny, message, approvals }: PolicyYaml): Policy {
  return {
    name,
    level,
    deny,
    message,
    approvals: approvals && { from: approvals.from, count: approvals.count ?? 1 },
  };
}

export function rolesOf(yaml: RolesYaml | undefined): Roles | undefined {
  return yaml && { admins: yaml.admins ?? [], contributors: yaml.contributors ?? [] };
}
