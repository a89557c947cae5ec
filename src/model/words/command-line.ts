import { shellWord } from "./shell-word.js";

/** What chose the config of a run, as its command line says it: a command that is told has to say it too. */
export interface Invocation {
  /** After `-C`. */
  readonly folder?: string | undefined;
  /** After `--config`. */
  readonly config?: string | undefined;
  /** After `--env`. */
  readonly environment?: string | undefined;
}

/** A command as a POSIX shell reads it back. */
export function commandLine(words: readonly string[], invocation: Invocation = {}): string {
  return ["rollcall", ...choosing(invocation).flat(), ...words].map(shellWord).join(" ");
}

/** Messages set commands between backticks, without what chose the config: they are made where nobody knows it. */
const TOLD = /`rollcall ([^`]+)`/g;

/** A message whose commands are about the config of this run. What a command says by itself stays. */
export function completeCommands(text: string, invocation: Invocation): string {
  return text.replaceAll(TOLD, (_, words: string) => {
    const missing = choosing(invocation).filter(([option]) => !` ${words} `.includes(` ${option} `));
    return `\`${commandLine(missing.flat())} ${words}\``;
  });
}

function choosing({ folder, config, environment }: Invocation): (readonly [option: string, value: string])[] {
  return [
    ...(folder === undefined ? [] : [["-C", folder] as const]),
    ...(config === undefined ? [] : [["--config", config] as const]),
    ...(environment === undefined ? [] : [["--env", environment] as const]),
  ];
}
