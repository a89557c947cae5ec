import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readManifest } from "../../src/config/plugins/read-manifest.js";
import { NO_PLUGINS } from "../../src/config/plugins/own-kinds.js";
import { kit } from "../../src/plugin/kit.js";
import type { OwnDestinationModule } from "../../src/plugin/own-module.js";
import { Secret } from "../../src/platform/secrets/secret.js";
import { startListService, type Instead, type ListRequest } from "../support/list-service.js";
import { project } from "../support/rollcall.js";
import { connection as connectionOf, mapping } from "../unit/destinations/brevo/fixtures.js";
import { destinationSuite } from "./destination.js";
import type { Harness } from "./harness.js";

const KEY = "canary-lists-key";
const place = join(project, "examples/own-destination/my-destination.js");
const module = (await import(place)) as OwnDestinationModule;
const plugin = await module.load(kit);

/** The destination of examples/own-destination, which lies outside of src and is loaded as people's own are. */
async function ownHarness(): Promise<Harness> {
  const scratch = await mkdtemp(join(tmpdir(), "rollcall-conformance-"));
  const read = readManifest(module, {
    name: "./my-destination.js",
    place,
    kinds: NO_PLUGINS.kinds,
  });
  if (!("section" in read) || read.section !== "connections") throw new Error("it brings no destination");
  let writes = 0;
  let slow = false;
  const next: { matches: (request: ListRequest) => boolean; instead: Instead; always?: true }[] = [];
  const isAdd = ({ path }: ListRequest): boolean => path.endsWith("/add");
  const service = await startListService({
    key: KEY,
    onRequest: async (request) => {
      if (isAdd(request)) writes++;
      if (slow) await new Promise((resolve) => setTimeout(resolve, 3000));
      const index = next.findIndex(({ matches }) => matches(request));
      const found = next[index];
      if (found?.always !== true && found !== undefined) next.splice(index, 1);
      return found?.instead;
    },
  });
  service.addField("name", "text");
  service.addField("score", "number");
  const { manifest } = read.kind;
  const connection = connectionOf(
    { team: "marketing" },
    { type: manifest.type, kind: manifest, module: read.kind.module, baseUrl: service.url },
  );
  return {
    plugin,
    connection,
    scratch,
    open: (key = KEY) =>
      plugin.open({ connection, apiKey: new Secret(key), folder: scratch, scratch, spent: {} }),
    attributes: [
      { mapping: mapping("name"), before: 'Zoë "Z"; x', after: "Ann\\e\n" },
      { mapping: mapping("score"), before: 12, after: 0.5 },
    ],
    absentList: "nobody-has-this",
    manyMembers: 2500,
    addList: async (name) => service.addList(name),
    addStrangers: async (list, emails) => {
      for (const email of emails) service.addMember(list, email);
    },
    emailsOn: async (list) => service.emailsOn(list),
    settle: () => Promise.resolve(),
    remote: {
      key: KEY,
      refusedAddress: "refused@nodot",
      refuseUnnamed: (address) => service.refuse(address),
      stores: async (email) => service.has(email),
      optOut: async (email) => service.optOut(email),
      allowDeletions: () => undefined,
      writes: () => writes,
      limitNextAdd: () =>
        void next.push({
          matches: isAdd,
          instead: { status: 429, text: "", headers: { "retry-after": "0" } },
        }),
      loseNextAdd: () => void next.push({ matches: isAdd, instead: "lost" }),
      failNextRead: () =>
        void next.push({ matches: ({ method }) => method === "GET", instead: { status: 500, text: "" } }),
      slowReads: () => (slow = true),
      hideBehindPage: () =>
        void next.push({
          matches: () => true,
          instead: { status: 404, text: "<html>no</html>" },
          always: true,
        }),
    },
    stop: async () => {
      await service.stop();
      await rm(scratch, { recursive: true });
    },
  };
}

destinationSuite("the destination of examples/own-destination", ownHarness);
