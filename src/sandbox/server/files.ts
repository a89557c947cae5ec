import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { FaultEffect } from "../faults.js";
import type { Download } from "../store/downloads.js";
import { send } from "./http.js";
import type { Reply } from "./reply.js";

/** Sends a report or an export, or what a fault makes of it. */
export async function sendFile(
  response: ServerResponse,
  file: Download,
  effect: FaultEffect | undefined,
): Promise<void> {
  const whole: Reply = { status: 200, type: file.type, body: undefined, headers: {} };
  const plain = { slowMs: 0, truncateAt: undefined, faulty: true };
  switch (effect?.kind) {
    case undefined:
    // A download has no body that could be cut.
    case "cut":
      return stream(response, file);
    case "answer": {
      const { status, type = "text/html", body = "", headers = {} } = effect;
      return send(response, { ...plain, reply: { status, type, body, headers } });
    }
    case "drop":
      return send(response, { ...plain, reply: "drop" });
    case "slow":
      return send(response, { ...plain, reply: { ...whole, body: text(file) }, slowMs: effect.ms });
    case "truncate":
      return send(response, { ...plain, reply: { ...whole, body: text(file) }, truncateAt: effect.bytes });
  }
}

/** The reader's pace is the writer's. */
async function stream(response: ServerResponse, file: Download): Promise<void> {
  response.writeHead(200, { "content-type": file.gzip ? "application/gzip" : file.type });
  const source = Readable.from(file.chunks());
  if (file.gzip) await pipeline(source, createGzip({ level: 1 }), response);
  else await pipeline(source, response);
}

function text(file: Download): string {
  return [...file.chunks()].join("");
}
