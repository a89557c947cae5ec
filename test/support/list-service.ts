import { join } from "node:path";
import { project } from "./rollcall.js";

export interface ListRequest {
  readonly method: string;
  readonly path: string;
}

/** What the service answers in the place of what it would say; `lost`: it does what is asked, and nobody hears of it. */
export type Instead =
  | "lost"
  | { readonly status: number; readonly text: string; readonly headers?: Readonly<Record<string, string>> };

export interface ListService {
  readonly url: string;
  addList(name: string): string;
  addField(name: string, type: "text" | "number"): void;
  addMember(list: string, email: string): void;
  emailsOn(list: string): readonly string[];
  has(email: string): boolean;
  optOut(email: string): void;
  refuse(email: string): void;
  leaveRoomFor(more: number): void;
  stop(): Promise<void>;
}

/** The stand-in of examples/own-destination. */
export async function startListService(options: {
  readonly key: string;
  readonly onRequest?: (request: ListRequest) => Promise<Instead | undefined>;
}): Promise<ListService> {
  const { startListService: start } = (await import(
    join(project, "examples/own-destination/list-service.mjs")
  )) as { startListService: (given: typeof options) => Promise<ListService> };
  return start(options);
}
