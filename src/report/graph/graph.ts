/** What a node stands for; decides its shape. */
export type NodeKind = "source" | "segment" | "suppression" | "export" | "list" | "connection";

export interface GraphNode {
  /** Unique in its graph, of letters and digits only. */
  readonly id: string;
  readonly kind: NodeKind;
  /** Lines of plain text. */
  readonly label: readonly string[];
  /** Drawn so that one looks at it. */
  readonly alarming?: boolean;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** Drawn dashed: people are taken out, or nothing flows. */
  readonly dashed?: boolean;
}

/** What depends on what, from left to right. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}
