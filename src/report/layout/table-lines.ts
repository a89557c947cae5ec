const EDGES = [
  "top",
  "top-mid",
  "top-left",
  "top-right",
  "bottom",
  "bottom-mid",
  "bottom-left",
  "bottom-right",
];
const LINES = ["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"];
/** For a table without lines. */
export const NO_LINES = Object.fromEntries([...EDGES, ...LINES].map((name) => [name, ""]));
