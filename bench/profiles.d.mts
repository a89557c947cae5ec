export function profilesSql(options: { from: number; to: number; changedEvery?: number }): string;
export function writeProfiles(
  path: string,
  options: { from: number; to: number; changedEvery?: number },
): Promise<number>;
