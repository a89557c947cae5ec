import { Failure } from "../model/failure.js";
import { readText } from "./text-of-file.js";

const [CARRIAGE_RETURN, LINE_END, QUOTE, SPACE] = [0x0d, 0x0a, 0x22, 0x20];

type LineEnd = "CR LF" | "LF" | "CR";

/** What the engine refuses in a CSV file without saying where; undefined when there is nothing of the kind in what is looked at. */
export async function findCsvFault(file: string, delimiter: string): Promise<Failure | undefined> {
  const [separator] = Buffer.from(delimiter);
  let line = 1;
  let usual: LineEnd | undefined;
  let value: "begins" | "plain" | "quoted" | "closed" = "begins";
  let pending = false;
  /** A line end outside of quotes; the message when it is of another kind than those before. */
  const end = (kind: LineEnd): Failure | undefined => {
    if (value !== "quoted") {
      usual ??= kind;
      if (usual !== kind) return mixed(line, kind, usual);
      value = "begins";
    }
    line += 1;
    return undefined;
  };
  for await (const chunk of readText(file)) {
    for (const byte of chunk) {
      const kind = byte === LINE_END ? (pending ? "CR LF" : "LF") : pending ? "CR" : undefined;
      const fault = kind && end(kind);
      if (fault !== undefined) return fault;
      pending = byte === CARRIAGE_RETURN;
      if (pending || byte === LINE_END) continue;
      if (byte === QUOTE) {
        if (value === "begins" || value === "closed") value = "quoted";
        else if (value === "quoted") value = "closed";
      } else if (value === "quoted") continue;
      else if (byte === separator) value = "begins";
      else if (value === "closed" && byte !== SPACE) return behindQuote(line);
      else if (byte !== SPACE) value = "plain";
    }
  }
  return pending ? end("CR") : undefined;
}

function mixed(line: number, kind: LineEnd, usual: LineEnd): Failure {
  return new Failure("invalid", `line ${line} ends with ${kind}, and what stands before it with ${usual}.`, {
    hint: "Write all its lines with the same line end, and a value that has one in it in quotes.",
  });
}

function behindQuote(line: number): Failure {
  return new Failure("invalid", `line ${line} has more behind the closing quote of a value.`, {
    hint: 'A value with a " in it is written "…""…".',
  });
}
