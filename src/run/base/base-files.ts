import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** A file of a commit that its config may be made of. */
export interface BaseFile {
  readonly id: string;
  readonly path: string;
  /** What it holds is where it leads to. */
  readonly link: boolean;
}

export const MOST_FILES = 5000;
export const MOST_BYTES = 32 * 1024 ** 2;

/**
 * YAML files and links, out of what `git ls-tree -r -z --long` says. Answers
 * what is wrong instead when they cannot all be written, as they are, into one
 * folder: what went missing could be a rule.
 */
export function baseFilesOf(listed: Buffer): readonly BaseFile[] | { readonly fault: string } {
  let size = 0;
  const files = listed
    .toString("utf8")
    .split("\0")
    .flatMap((line): BaseFile[] => {
      const [, mode = "", id = "", bytes = "", path = ""] =
        /^(\d+) blob ([0-9a-f]+) +(\S+)\t(.+)$/s.exec(line) ?? [];
      const link = mode === "120000";
      if (!link && !isYaml(path)) return [];
      size += Number(bytes);
      return [{ id, path, link }];
    });
  if (files.length > MOST_FILES) return { fault: `holds more than ${MOST_FILES} YAML files and links` };
  if (size > MOST_BYTES) return { fault: `holds more than ${MOST_BYTES / 1024 ** 2} MB of YAML` };
  const odd = files.find(({ path }) => !isPlain(path));
  return odd === undefined
    ? files
    : { fault: `holds ${quotePath(odd.path)}, which is not a name of a file here` };
}

/** Whether a link leads nowhere but into the folder that all is written to. */
export function staysWithin(copy: string, path: string, target: string): boolean {
  const way = relative(copy, resolve(dirname(join(copy, path)), target));
  return !target.includes("\0") && !isAbsolute(way) && way.split(sep)[0] !== "..";
}

export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** Git refuses other names, but an object can be made by hand. */
function isPlain(path: string): boolean {
  const parts = path.toLowerCase().split(/[/\\]/);
  return !path.includes("\ufffd") && !parts.some((part) => ["", ".", "..", ".git"].includes(part));
}

export function quotePath(path: string): string {
  return JSON.stringify(path).slice(0, 200);
}
