import type { Exchange } from "../../src/sandbox/index.js";
import { openStory, type Story } from "./story.js";

/**
 * A story of the state: `weekly` mirrors everybody of the source to a list at Brevo. `onWrite` is told of every request
 * that changes something there.
 */
export function openMirror(onWrite?: () => void): Promise<Story> {
  return openStory("brevo", {
    weekly: {
      mode: "mirror",
      attributes: { firstName: "first_name" },
      safeguards: { maxRemovals: { share: "100%" } },
    },
    person: (name) => ({ email: `${name}@canary.example`, first_name: name }),
    ...(onWrite !== undefined && { sandbox: { onExchange: onWrites(onWrite) } }),
  });
}

function onWrites(told: () => void): (exchange: Exchange) => void {
  return ({ method, path }) => {
    if (method !== "GET" && !/export/.test(path)) told();
  };
}
