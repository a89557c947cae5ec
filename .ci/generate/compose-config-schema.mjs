// What schemas/config.schema.json says of the kinds of plug-ins, from their manifests. The rest of it is written by hand. Needs dist.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { connectionSchema } from "../../dist/config/schema/connection-schema.js";
import { notifierSchema } from "../../dist/config/schema/notifier-schema.js";
import { sourceSchema } from "../../dist/config/schema/source-schema.js";
import { stateSchema } from "../../dist/config/schema/state-schema.js";
import { backends } from "../../dist/registry/backends.js";
import { destinations } from "../../dist/registry/destinations.js";
import { notifiers } from "../../dist/registry/notifiers.js";
import { sources } from "../../dist/registry/sources.js";

const target = fileURLToPath(new URL("../../schemas/config.schema.json", import.meta.url));
const schema = JSON.parse(readFileSync(target, "utf8"));

compose("connection", "Connection", destinations, connectionSchema);
compose("state", "State", backends, stateSchema);
compose("notifier", "Notifier", notifiers, notifierSchema);
compose("source", "Source", sources, sourceSchema);

// Any other type is that of a plug-in of the project.
for (const [name, kinds] of Object.entries({
  ownConnection: destinations,
  ownSource: sources,
  ownNotifier: notifiers,
}))
  schema.$defs[name].properties.type.not.enum = kinds.flatMap(({ type, aliases = [] }) => [type, ...aliases]);

const options = { ...(await resolveConfig(target)), parser: "json" };
writeFileSync(target, await format(JSON.stringify(schema, null, 2), options));

/** Puts the definition of each kind where it stands already, or behind the others. */
function compose(union, suffix, manifests, schemaOf) {
  const definitions = new Map(manifests.map((manifest) => [`${manifest.type}${suffix}`, schemaOf(manifest)]));
  const there = schema.$defs[union].oneOf.map(({ $ref }) => $ref.replace("#/$defs/", ""));
  const known = there.filter((name) => definitions.has(name));
  const open = there.filter((name) => name.startsWith("own"));
  const names = [...new Set([...known, ...definitions.keys(), ...open])];
  schema.$defs[union].oneOf = names.map((name) => ({ $ref: `#/$defs/${name}` }));
  const [last] = known.slice(-1);
  schema.$defs = Object.fromEntries(
    Object.entries(schema.$defs).flatMap(([name, definition]) => {
      const added = name === last ? names.filter((one) => !there.includes(one)) : [];
      const own = there.includes(name) && !open.includes(name) ? definitions.get(name) : definition;
      return [[name, own], ...added.map((one) => [one, definitions.get(one)])].filter(([, value]) => value);
    }),
  );
}
