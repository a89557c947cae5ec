import { Failure } from "../../model/failure.js";

/** The names of the folders and of the file that a partition's `location` leads through, and whose storage it is in. */
export interface Way {
  /** Undefined where it leads from the folder itself. */
  readonly storage: string | undefined;
  readonly names: readonly string[];
}

/** Throws for what is no address and no path. */
export function wayOf(location: string): Way {
  const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(location);
  // Behind a question mark stands of when it is; what lies in the folder has no versions.
  const path = isAddress ? addressOf(location) : { storage: undefined, path: location };
  const names = path.path.split("/").filter((name) => name !== "" && name !== ".");
  const plain = isAddress ? names.map(decoded) : names;
  if (plain.length === 0 || plain.some((name) => name === ".." || /[/\\\0]/.test(name))) throw unclear();
  return { storage: path.storage, names: plain };
}

function addressOf(location: string): { storage: string; path: string } {
  if (!URL.canParse(location)) throw unclear();
  const { protocol, username, hostname, pathname } = new URL(location);
  return { storage: `${protocol}//${username}@${hostname}`, path: pathname };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    throw unclear();
  }
}

function unclear(): Failure {
  return new Failure(
    "invalid",
    "a partition has a `location` that is neither an address nor a path below the folder.",
    {
      hint: "It is an address such as https://account.dfs.core.windows.net/container/…, or a path such as Customer/Customer_1.csv.",
    },
  );
}
