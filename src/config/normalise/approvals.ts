import { dirname, resolve } from "node:path";
import type { ApprovalRules } from "../../model/config/approval.js";
import type { Approvals } from "../schema/config-file.gen.js";
import type { Entry } from "../files/merge.js";
import { durationSeconds } from "../../model/duration.js";
import { limitOf } from "./export.js";

/** The rules of a sound section; the defaults where there is none. */
export function approvalsOf(entry: Entry | undefined): ApprovalRules {
  const yaml = (entry?.value ?? {}) as Approvals;
  const { allowedSigners } = yaml;
  return {
    allowedSigners:
      entry === undefined || allowedSigners === undefined
        ? undefined
        : resolve(dirname(entry.document.path), allowedSigners),
    groups: new Map(Object.entries(yaml.groups ?? {})),
    identities: new Map(Object.entries(yaml.identities ?? {})),
    maxAgeSeconds: durationSeconds(yaml.maxAge ?? "7d"),
    maxPlanAgeSeconds: durationSeconds(yaml.maxPlanAge ?? "3d"),
    tolerance: limitOf(yaml.tolerance ?? { count: 10, share: "10%" }),
  };
}
