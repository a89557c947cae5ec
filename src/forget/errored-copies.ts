import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { commandLine } from "../model/words/command-line.js";
import { Failure } from "../model/failure.js";
import { ERRORED } from "../apply/errored-copy.js";

/** What a run could not store lies beside the config, may hold the people, and would bring them back when it is pushed. */
export async function mustHaveNoErroredCopy(folder: string): Promise<void> {
  const [name] = (await readdir(folder)).filter((one) => one.startsWith(ERRORED));
  if (name === undefined) return;
  throw new Failure(
    "refused",
    `${name} holds what an earlier run could not store, which may be these people.`,
    {
      hint: `Bring it in with \`${commandLine(["state", "push", join(folder, name)])}\`, delete the folder, and run this again. Nobody was forgotten.`,
    },
  );
}
