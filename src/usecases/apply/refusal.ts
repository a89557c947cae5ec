import { Failure } from "../../model/failure.js";
import type { Check } from "../../model/plan.js";
import type { PreparedAccount, PreparedExport } from "../prepare/prepared.js";

/** Why an export may not be sent; undefined when it may. */
export function refusalOf({ plan, wanted }: PreparedExport, account: PreparedAccount): Failure | undefined {
  const failed = [...plan.checks, ...account.checks].filter(({ status }) => status === "failed");
  const [first] = failed;
  if (first === undefined) return undefined;
  const names = failed.map(({ name }: Check) => name).join(", ");
  return new Failure(
    "refused",
    `Export "${wanted.name}" is refused (${names}): ${failed.map(({ message }) => message).join(" ")}`,
    first.hint === undefined ? {} : { hint: first.hint },
  );
}
