import { spawnSync } from "node:child_process";

/** @typedef {{ name: string, what: string, nodes: string[] }} Finding */
/** @typedef {{ outcome: "clean" | "found" | "not run", findings: Finding[], reason: string }} Answer */

/**
 * What npm's audit of a folder came to: `clean` and `found` only when it ran to its end and says so itself;
 * everything else is `not run`, with the reason. `words` are `[]` for known vulnerabilities, or `["signatures"]`.
 *
 * @returns {Answer}
 */
export function askNpm(words, { cwd, env = process.env }) {
  // Where no registry answers, asking again takes a minute and changes nothing. A quiet npm around us would hide why.
  const all = ["audit", ...words, "--json", "--fetch-retries=0", "--loglevel=warn"];
  return judge(spawnSync("npm", all, { cwd, env, encoding: "utf8", timeout: 120_000 }));
}

/** @returns {Answer} */
export function judge({ status, stdout, stderr, error }) {
  const report = parsed(stdout);
  const findings = findingsOf(report);
  if (findings === undefined || (status === 0) !== (findings.length === 0))
    return {
      outcome: "not run",
      findings: [],
      reason: error?.code ?? reasonOf(report, stderr ?? "", status),
    };
  return { outcome: findings.length === 0 ? "clean" : "found", findings, reason: "" };
}

/** Undefined for what is not a report. */
function findingsOf(report) {
  if (Array.isArray(report?.invalid) && Array.isArray(report.missing))
    return [
      ...report.invalid.map((one) => signature(one, "its signature is wrong")),
      ...report.missing.map((one) => signature(one, "it has no signature")),
    ];
  if (report?.auditReportVersion === undefined || typeof report.vulnerabilities !== "object")
    return undefined;
  return Object.values(report.vulnerabilities).map(({ name, severity, nodes, via }) => ({
    name,
    what: `${severity}: ${via.map((one) => one.title ?? `by ${one}`).join("; ")}`,
    nodes,
  }));
}

function signature({ name, version, location }, what) {
  return { name, what: `${version}: ${what}`, nodes: [location] };
}

function reasonOf(report, said, status) {
  const answered = /\b([45]\d\d [A-Z][\w ]*\w)\b/.exec(said)?.[1];
  const code = report?.error?.code ?? /\b(E[A-Z0-9_]{3,})\b/.exec(said)?.[1];
  return answered ?? code ?? `npm ended with ${status} and no report`;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
