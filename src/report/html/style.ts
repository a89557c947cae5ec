/** The look of a report; follows what the reader's system wants, light or dark, and prints well. */
export const STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --quiet: #59636e; --shade: #f6f8fa;
  --add: #1a7f37; --change: #9a6700; --remove: #cf222e; --add-back: #dafbe1; --remove-back: #ffebe9; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --quiet: #9198a1; --shade: #151b23;
  --add: #3fb950; --change: #d29922; --remove: #f85149; --add-back: #12261e; --remove-back: #25171c; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1.5rem; }
body { overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
.sentence { font-size: 1.1rem; font-weight: 600; margin: .5rem 0 0; }
.quiet, footer { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
th { text-align: left; font-weight: 600; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th, .number { overflow-wrap: normal; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code, pre { font: .87em/1.45 ui-monospace, SFMono-Regular, Menlo, monospace; }
pre { background: var(--shade); border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; overflow-x: auto; }
pre span { display: block; }
pre .add { background: var(--add-back); } pre .remove { background: var(--remove-back); }
.add { color: var(--add); } .change { color: var(--change); } .remove, .failed { color: var(--remove); }
.failed { font-weight: 600; } .overridden, .warning { color: var(--change); }
details { border: 1px solid var(--line); border-radius: 6px; margin: .6rem 0; padding: .5rem .9rem; }
summary { cursor: pointer; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.2rem; margin: .7rem 0; }
dt { color: var(--quiet); } dd { margin: 0; }
li { margin: .3rem 0; }
footer { margin-top: 2.5rem; font-size: .85rem; }
@media (max-width: 60rem) {
  body { margin: 1rem auto; padding: 0 1rem; }
  dl { grid-template-columns: minmax(0, 1fr); } dd { margin: 0 0 .4rem; }
  .exports thead { display: none; }
  .exports tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .exports td { display: flex; gap: 1rem; justify-content: space-between; padding: .1rem 0; border: 0; text-align: right; }
  .exports td::before { content: attr(data-head); color: var(--quiet); font-weight: 400; text-align: left; }
  .exports td > * { min-width: 0; }
  .exports td:empty { display: none; }
}
@media print { details { break-inside: avoid; } }
`;
