/** Why a path does not mean what it seems to mean, and what one writes instead. */
export interface PathWords {
  /** Goes on after what names the path. */
  readonly why: string;
  readonly hint: string;
  /** Set for an address on the net, which is fixed otherwise where something is written. */
  readonly isAddress?: true;
}

/** Kinds of addresses by name; no other part of an address is repeated, since it may hold a key. */
const SCHEMES =
  /^(s3|gs|gcs|az|abfss?|wasbs?|r2|hf|https?|s?ftp|hdfs|ssh|smb|file|jdbc|postgres(?:ql)?|mysql|md)$/;

/**
 * Paths that only other programs understand: addresses on the net, and what a
 * shell replaces. `./` before it means the file of that name.
 */
export function foreignPath(text: string): PathWords | undefined {
  const scheme = /^([a-z][a-z0-9+.-]+):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === "file")
    return { why: "begins with `file://`, which no path does", hint: "Write the path alone." };
  if (scheme !== undefined)
    return {
      why: `is an address on the net${SCHEMES.test(scheme) ? ` (${scheme}://)` : ""}, and only files of this machine are read and written`,
      hint: `Fetch the file in a step before, such as ${fetching(scheme)}, and write the path of the copy.`,
      isAddress: true,
    };
  if (/^~[A-Za-z0-9._-]*(?:[\\/]|$)/.test(text))
    return {
      why: "begins with `~`, which a shell replaces and Rollcall does not",
      hint: "Write the whole path, or one from the config file's folder. What lies outside of that folder is listed in `allowPaths`.",
    };
  if (/^(?:\$(?:[A-Za-z_]\w*|\{[^}]*\})|%[A-Za-z_]\w*%)(?:[\\/]|$)/.test(text))
    return {
      why: "begins with a variable, which a shell replaces and Rollcall does not",
      hint: "Write the path itself. Where it differs by environment, write it under `environments.NAME.sources`.",
    };
  return undefined;
}

function fetching(scheme: string): string {
  if (scheme === "s3") return "`aws s3 cp`";
  if (scheme === "gs" || scheme === "gcs") return "`gcloud storage cp`";
  if (/^(az|abfs|wasb)/.test(scheme)) return "`az storage blob download`";
  return "`curl --fail --output FILE`";
}
