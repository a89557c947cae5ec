import type { Finding } from "../model/connections/belief.js";

/** Says of a belief whether it held, and what was seen. */
export function finding(belief: string, held: boolean, saw: string): Finding {
  return { belief, verdict: held ? "held" : "failed", saw };
}

/** Says why nothing could be told of a belief. */
export function untried(belief: string, why: string): Finding {
  return { belief, verdict: "untried", saw: why };
}
