// Loaded before the CLI with --import: says on file descriptor 3 how much memory the process ever had.
import { writeSync } from "node:fs";

process.on("exit", () => writeSync(3, JSON.stringify({ peak: process.resourceUsage().maxRSS * 1024 })));
