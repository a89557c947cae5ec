// Runs gitlab-ci-local on Node.js 20 too, which lacks one method that it calls.
Set.prototype.union ??= function union(other) {
  return new Set([...this, ...other.keys()]);
};
await import("gitlab-ci-local/dist/index.js");
