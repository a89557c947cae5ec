/** The id of a run: begins with the time of its start, so that names are in the order of time. */
export function runIdOf(startedAt: Date, unique: string): string {
  return `${startedAt.toISOString().replaceAll(/[-:.]/g, "")}-${unique}`;
}

/** When a run began, by its id; undefined where that does not say so. */
export function startOfRun(id: string): string | undefined {
  const [, year, month, day, hour, minute, second, rest] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-/.exec(id) ?? [];
  return year === undefined ? undefined : `${year}-${month}-${day}T${hour}:${minute}:${second}.${rest}Z`;
}
