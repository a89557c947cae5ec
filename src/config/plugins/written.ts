/** Where it is written what a module has to export. */
export const WRITTEN = {
  destination: "docs/own-destination.md says what it has to export.",
  source: "docs/own-sources-and-notifiers.md says what it has to export.",
  notifier: "docs/own-sources-and-notifiers.md says what it has to export.",
} as const;
