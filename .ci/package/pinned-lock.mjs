/**
 * The lock file of a folder in which Rollcall alone is installed: the package itself by its hash, and all that it
 * needs at run time as the lock file of this repository pins it. Optional peers are left out unless they are named.
 */
export function pinnedLock({ packages }, { archive, integrity, libraries }) {
  const { name, version, license, dependencies, bin, engines, peerDependencies, peerDependenciesMeta } =
    packages[""];
  const roots = [...Object.keys(dependencies), ...libraries];
  const needed = closure(packages, roots, ["dependencies", "peerDependencies"]);
  const all = closure(packages, roots, ["dependencies", "peerDependencies", "optionalDependencies"]);
  const own = { [name]: `file:${archive}` };
  for (const library of libraries) own[library] = packages[`node_modules/${library}`].version;
  const entries = [...all].map((path) => {
    const { dev: _, optional: __, devOptional: ___, peer: ____, ...entry } = packages[path];
    return [path, needed.has(path) ? entry : { ...entry, optional: true }];
  });
  const described = { version, resolved: `file:${archive}`, integrity, license, dependencies, bin, engines };
  entries.push([`node_modules/${name}`, { ...described, peerDependencies, peerDependenciesMeta }]);
  return {
    dependencies: own,
    lock: {
      lockfileVersion: 3,
      requires: true,
      packages: Object.fromEntries([
        ["", { dependencies: own }],
        ...entries.sort(([a], [b]) => (a < b ? -1 : 1)),
      ]),
    },
  };
}

/** Paths in the lock file of these packages and of all that they need by way of such keys. */
function closure(packages, names, keys) {
  const found = new Set();
  const visit = (from, name) => {
    const path = resolved(packages, from, name);
    // An optional one that is not for any platform of the lock file, or a peer that nobody asked for.
    if (path === undefined || found.has(path)) return;
    found.add(path);
    for (const key of keys)
      for (const needed of Object.keys(packages[path][key] ?? {}))
        if (key !== "peerDependencies" || packages[path].peerDependenciesMeta?.[needed]?.optional !== true)
          visit(path, needed);
  };
  for (const name of names) visit("", name);
  return found;
}

/** Where Node.js finds a package from another one. */
function resolved(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const path = `${folder}${folder === "" ? "" : "/"}node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === "") return undefined;
  }
}
