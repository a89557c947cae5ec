/** Commands that would fetch what somebody else put on a registry under this project's name. */
export function installsByName(text: string): string[] {
  const lines = text.replaceAll(/\\\r?\n\s*/g, " ");
  return [...shellCommands(lines), ...wordLists(lines)];
}

const CLIENT = /\b(npm|npx|pnpm|pnpx|yarn|bun|bunx)\b(?![./@])([^\n`;&|)]*)/g;
/** Verbs of npm and its like that take names of packages. */
const FETCHES =
  /^(?:i|in|ins|inst|install|isntall|add|update|up|upgrade|it|install-test|exec|x|dlx|create|init)$/;
const RUNS = /^(?:exec|x|dlx)$/;

function shellCommands(text: string): string[] {
  return [...text.matchAll(CLIENT)]
    .filter(([, client = "", rest = ""]) => {
      const words = rest.split(/[\s"',\\]+/).filter(Boolean);
      const at = words.findIndex((word) => /^rollcall(?:@\S*)?[.:]?$/.test(word));
      if (at === -1) return false;
      const before = words.slice(0, at);
      const asked = client.endsWith("x") || before.some((word) => RUNS.test(word));
      // It runs what is installed already, or nothing. `--no NAME` would take the name for its value.
      if (asked)
        return !before.includes("--no-install") && !(before.includes("--no") && before.includes("--"));
      return before.some((word) => FETCHES.test(word));
    })
    .map(([found]) => found.trim());
}

/** The words of a command as a program or a Dockerfile has them, in brackets. */
function wordLists(text: string): string[] {
  const list = /\[[^\]\n]*["'](?:i|install|add|exec)["'],[^\]\n]*["']rollcall(?:@[^"']*)?["']/g;
  return [...text.matchAll(list)].map(([found]) => found);
}
