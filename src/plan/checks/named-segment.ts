/** A segment that holds people back, and what came of reading it. */
export interface NamedSegment {
  readonly segment: string;
  readonly use: "suppression" | "exclusion";
  readonly rows: number;
  readonly addresses: number;
  readonly blank: number;
  readonly unreadable: number;
}

const DOES = { suppression: "suppresses", exclusion: "excludes" } as const;

/** `"left", which excludes people`. */
export function nameAndUse({ segment, use }: Pick<NamedSegment, "segment" | "use">): string {
  return `"${segment}", which ${DOES[use]} people`;
}
