import { foldName } from "../../model/fold-name.js";

/** A node of the engine's own syntax tree. */
export type SqlNode = Readonly<Record<string, unknown>>;

/** A name that stands there, as the engine compares names; empty where there is none. */
export function nameIn(node: SqlNode, key: string): string {
  const name = node[key];
  return typeof name === "string" ? foldName(name) : "";
}

export function isQuery(node: unknown): node is SqlNode {
  return typeof node === "object" && node !== null && String((node as SqlNode)["type"]).endsWith("_NODE");
}

/** The query in a member of a node. */
export function queryIn(node: SqlNode, key: string): SqlNode {
  return (node[key] as SqlNode)["node"] as SqlNode;
}

export function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

export function nodeIn(node: SqlNode, key: string): SqlNode {
  const value = node[key];
  return typeof value === "object" && value !== null ? (value as SqlNode) : {};
}

export function listIn(node: SqlNode, key: string): readonly SqlNode[] {
  const value = node[key];
  return Array.isArray(value) ? (value as SqlNode[]) : [];
}
