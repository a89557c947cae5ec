import type { IncomingMessage, ServerResponse } from "node:http";
import { Failure } from "../model/failure.js";
import type { BrevoData } from "./brevo/account.js";
import { BrevoState } from "./brevo/state.js";
import { brevoVendor } from "./brevo/vendor.js";
import { type Fault, FaultPlan } from "./faults.js";
import { StateKeeper } from "./disk/keeper.js";
import { contactPage } from "./look/contact-page.js";
import { page } from "./look/page.js";
import { pictureOf } from "./look/picture.js";
import type { SandboxOptions } from "./options.js";
import type { SendgridData } from "./sendgrid/account.js";
import { SendgridState } from "./sendgrid/state.js";
import { sendgridVendor } from "./sendgrid/vendor.js";
import { answer, type AnswerContext } from "./server/answer.js";
import { sendFile } from "./server/files.js";
import { cut, incoming, listen, pathOf, readBody, send, sendReply } from "./server/http.js";
import { RateLimiter } from "./server/limits.js";
import { exchangeOf } from "./server/observe.js";
import { html, json } from "./server/reply.js";
import { type Stats, StatsCounter } from "./server/stats.js";
import type { Vendor } from "./server/vendor.js";
import { buildWorld, drain } from "./world.js";

/** A running sandbox. */
export interface Sandbox {
  readonly url: string;
  /** `baseUrl` of a Brevo connection. */
  readonly brevoUrl: string;
  /** `baseUrl` of a SendGrid connection. */
  readonly sendgridUrl: string;
  stats(): Stats;
  /** The account with this id, or the first one. */
  brevo(accountId?: string): BrevoState;
  sendgrid(accountId?: number): SendgridState;
  /** Injects a fault; the result takes it back. */
  inject(fault: Fault): () => void;
  /** Finishes all open jobs at once. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts stand-ins for both vendors on loopback. Throws `Failure` when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = buildWorld(options);
  const faults = new FaultPlan();
  for (const fault of options.faults ?? []) faults.add(fault);
  const stats = new StatsCounter();
  const keeper = options.stateFolder === undefined ? undefined : new StateKeeper(world, options.stateFolder);
  await keeper?.load();
  const desk: AnswerContext = {
    limiter: new RateLimiter(),
    limited: options.limits !== "none",
    stats,
    now: options.clock ?? Date.now,
    changed: () => keeper?.changed(),
  };
  const limits = typeof options.limits === "object" ? options.limits : {};
  const brevo = brevoVendor(world.brevo, limits);
  const sendgrid = sendgridVendor(world.sendgrid, world.switches, limits);

  async function serve<Account extends object>(
    vendor: Vendor<Account>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const method = request.method ?? "GET";
    const effect = faults.strike(vendor.name, method, pathOf(request, vendor.prefix));
    if (effect?.kind === "cut") return cut(request, effect.bytes);
    const read = incoming(request, vendor.prefix, await readBody(request));
    const answered = await answer(desk, vendor, read, effect);
    if (options.onExchange !== undefined) {
      const exchange = exchangeOf(vendor.name, read, answered);
      if (exchange !== undefined) options.onExchange(exchange);
    }
    await send(response, answered);
  }

  const { server, url } = await listen(options.port ?? 0, async (request, response) => {
    const path = request.url ?? "/";
    if (path.startsWith(`${brevo.prefix}/`)) return serve(brevo, request, response);
    if (path.startsWith(`${sendgrid.prefix}/`)) return serve(sendgrid, request, response);
    const file = path.startsWith("/files/") ? world.downloads.get(path.split("/")[2] ?? "") : undefined;
    if (file !== undefined)
      return sendFile(response, file, faults.strike("files", request.method ?? "GET", path));
    if (path === "/") return sendReply(response, html(200, page(pictureOf(world, stats.read()))));
    if (path === "/contact") {
      const answered = contactPage(world, await readBody(request));
      desk.changed();
      return sendReply(response, answered);
    }
    if (path === "/state") return sendReply(response, json(200, pictureOf(world, stats.read())));
    return sendReply(response, json(404, { message: "nothing here" }));
  });
  world.downloads.serveFrom(url);

  return {
    url,
    brevoUrl: url + brevo.prefix,
    sendgridUrl: url + sendgrid.prefix,
    stats: () => stats.read(),
    brevo: (id) => new BrevoState(account<BrevoData>(world.brevo, id)),
    sendgrid: (id) => new SendgridState(account<SendgridData>(world.sendgrid, id)),
    inject: (fault) => faults.add(fault),
    settle: () => drain(world),
    stop: async () => {
      await drain(world);
      await keeper?.save();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function account<Data extends { id: string | number }>(
  accounts: readonly Data[],
  id?: string | number,
): Data {
  const found = id === undefined ? accounts[0] : accounts.find((one) => one.id === id);
  if (found === undefined)
    throw new Failure("not-found", `the sandbox has no account ${id ?? "of this vendor"}`);
  return found;
}
