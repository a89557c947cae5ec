import type { Config } from "../../model/config/config.js";
import type { StoreConfig } from "../../model/config/store.js";
import { isLoopback } from "../../platform/http/tls-rule.js";
import type { State } from "../schema/config-file.gen.js";
import type { MergedConfig } from "../files/merge.js";
import type { Path, Problem } from "../diagnostics/problem.js";

/** A store of state that cannot be reached as it is written, or that would get addresses in clear without anybody having said so. */
export function checkStores({ state: { store } }: Config, merged: MergedConfig): Problem[] {
  const yaml = (merged.state?.value ?? {}) as State;
  return [...inClear(store, yaml), ...addressProblems(store), ...signIn(store)];
}

function inClear({ type, kind }: StoreConfig, { encryption }: State): Problem[] {
  if (kind.isOnThisMachine || encryption !== undefined) return [];
  return [
    problem(
      "clear-state",
      ["state"],
      `State at \`${type}\` would hold addresses in clear: \`encryption\` is missing.`,
      "Make a key with `rollcall state new-key` and name where it is kept: `encryption: {key: {env: NAME}}`. If addresses may lie there as they are, write `encryption: none`.",
    ),
  ];
}

function addressProblems({ kind, options }: StoreConfig): Problem[] {
  return Object.entries(kind.addresses).flatMap(([key, example]) => {
    const text = options[key];
    return typeof text === "string" ? urlProblems(text, key, example) : [];
  });
}

function urlProblems(text: string, key: string, example: string): Problem[] {
  const wrong = (what: string, hint: string): Problem[] => [
    problem("wrong-url", ["state", key], `\`${key}\` ${what}.`, hint),
  ];
  if (!URL.canParse(text)) return wrong("is not an address", `Such as ${example}.`);
  const { protocol, username, password, search, hash, hostname } = new URL(text);
  if (username !== "" || password !== "" || search !== "" || hash !== "")
    return wrong(
      "holds a password, query or fragment",
      "Secrets never are in the config; name where they are found.",
    );
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return [];
  return wrong(
    "is not encrypted",
    `Use https, such as ${example}. Plain http is only allowed to this machine.`,
  );
}

function signIn({ kind, options, credentials }: StoreConfig): Problem[] {
  const fault = kind.signInFault(options, Object.keys(credentials));
  if (fault === undefined) return [];
  const { code, key, message, hint } = fault;
  return [problem(code, ["state", ...(key === undefined ? [] : [key])], message, hint)];
}

function problem(code: string, at: Path, message: string, hint: string): Problem {
  return { severity: "error", code, message, hint, at, onKey: at.length === 1 };
}
