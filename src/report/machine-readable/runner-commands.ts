/** Invisible; breaks what a runner would read as a command. */
const JOINER = "\u2060";

/** What runners read out of a log, with the place at which it is broken. */
const COMMANDS: readonly (readonly [found: RegExp, broken: string])[] = [
  // GitHub Actions, at the start of a line but for white space: `::error::`.
  [/^((?:[^\S\n\r\u2028\u2029]|\u0085)*):(?=:)/gm, `$1${JOINER}:`],
  // Anywhere: `##[…` to GitHub and Azure Pipelines, `##vso[…` to the latter, `##teamcity[…`.
  [/##(?=\[|vso\[|teamcity\[)/gi, `##${JOINER}`],
  // Folds of GitLab.
  [/section_(?=(?:start|end):\d)/g, `section_${JOINER}`],
];

/**
 * Text in which nothing is a command to the runner of a CI system: what is
 * shown, or written into a document that a job prints, may come from a change
 * that nobody has reviewed.
 */
export function disarmRunnerCommands(text: string): string {
  return COMMANDS.reduce((rest, [found, broken]) => rest.replace(found, broken), text);
}
