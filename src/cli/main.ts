#!/usr/bin/env node
import { watchOutput } from "./process/lost-output.js";
import { version } from "./version.js";

// The two words that scripts ask most often are answered before anything else is loaded.
const words = process.argv.slice(2);
if (words.length === 1 && (words[0] === "--version" || words[0] === "-V")) {
  const ended = watchOutput();
  process.stdout.write(`${version()}\n`);
  process.exitCode = await ended(0);
} else {
  const { reportDefects } = await import("./process/defects.js");
  reportDefects(words.includes("--json"));
  const { main } = await import("./run.js");
  await main(words);
}
