import { Ajv2020 } from "ajv/dist/2020.js";
import { CONTRACT_VERSION } from "../../model/manifests/contract-version.js";
import type { JsonSchema } from "../../model/manifests/json-schema.js";
import type { SchemaError } from "../../validators/validator.js";
import { connectionSchema } from "../schema/connection-schema.js";
import { notifierSchema } from "../schema/notifier-schema.js";
import type { Problem } from "../diagnostics/problem.js";
import { configSchema } from "../schema/schema-lookup.js";
import { sourceSchema } from "../schema/source-schema.js";
import { isMapping } from "./is-mapping.js";
import { completeDestination } from "./complete-destination.js";
import { isOurs, type Kinds, type Manifests, type OwnKind, type OwnSection } from "./own-kinds.js";
import { findNestedSecret } from "./nested-secret.js";
import { completeNotifier } from "./complete-notifier.js";
import { completeSource } from "./complete-source.js";
import type { Said } from "./said.js";
import { WRITTEN } from "./written.js";

/** Why a module cannot be used. */
export type PluginFault = Pick<Problem, "code" | "message" | "hint">;

/** A kind that a module brings, and the section that it is for. */
export type Brought = {
  readonly [Section in OwnSection]: { readonly section: Section; readonly kind: OwnKind<Manifests[Section]> };
}[OwnSection];

interface Place {
  /** As `plugins` names it. */
  readonly name: string;
  /** Absolute path of the module. */
  readonly place: string;
  readonly kinds: Kinds;
}

/** What a module of a project says it brings; why it cannot be used, where it cannot. */
export function readManifest(module: unknown, place: Place): Brought | PluginFault {
  const { name } = place;
  const { manifest: said, load } = module as { manifest?: unknown; load?: unknown };
  if (!isMapping(said)) return broken(name, "has no manifest", WRITTEN.destination);
  if (said["contract"] !== CONTRACT_VERSION)
    return {
      code: "plugin-version",
      message: `\`${name}\` is written for ${versionOf(said["contract"])} of the contract of plug-ins, and this Rollcall has version ${CONTRACT_VERSION}.`,
      hint: "Install a version of it that goes with this Rollcall.",
    };
  const { kind } = said;
  if (kind !== "destination" && kind !== "source" && kind !== "notifier")
    return broken(
      name,
      "has a manifest that is not of a destination, a source or a notifier",
      "Its `kind` has to be one of them. Stores of state come with Rollcall alone.",
    );
  if (typeof load !== "function") return broken(name, "has no function `load`", WRITTEN[kind]);
  if (kind === "destination") return readKind(DESTINATION, said, place);
  return kind === "source" ? readKind(SOURCE, said, place) : readKind(NOTIFIER, said, place);
}

interface Room<Section extends OwnSection> {
  readonly kind: keyof typeof WRITTEN;
  readonly section: Section;
  completed(said: Said): Manifests[Section] | string;
  schemaOf(manifest: Manifests[Section]): JsonSchema;
  /** Keys that entries have already. */
  readonly common: JsonSchema;
  /** Which entries have them all. */
  readonly having: string;
}

const NONE = { type: "any", description: "", options: { properties: {}, required: [] } };

const DESTINATION: Room<"connections"> = {
  kind: "destination",
  section: "connections",
  completed: completeDestination,
  schemaOf: connectionSchema,
  common: connectionSchema({ ...NONE, aliases: [], isService: true }),
  having: "connection to a service",
};

const SOURCE: Room<"sources"> = {
  kind: "source",
  section: "sources",
  completed: completeSource,
  schemaOf: sourceSchema,
  common: sourceSchema(NONE),
  having: "source",
};

const NOTIFIER: Room<"notifiers"> = {
  kind: "notifier",
  section: "notifiers",
  completed: completeNotifier,
  schemaOf: notifierSchema,
  common: notifierSchema(NONE),
  having: "notifier",
};

function readKind<Section extends OwnSection>(
  { kind, section, completed, schemaOf, common, having }: Room<Section>,
  said: Said,
  { name, place, kinds }: Place,
): { readonly section: Section; readonly kind: OwnKind<Manifests[Section]> } | PluginFault {
  const manifest = completed(said);
  if (typeof manifest === "string")
    return broken(name, `has a manifest without a sound \`${manifest}\``, WRITTEN[kind]);
  const { options } = manifest;
  const words = listWords(manifest);
  const claimed = words.find((word) => kinds[section].has(word) || isOurs(section, word));
  if (claimed !== undefined)
    return {
      code: "plugin-type",
      message: `\`${name}\` claims the type \`${claimed}\`, which ${isOurs(section, claimed) ? "Rollcall brings along" : "another of `plugins` has"}.`,
      hint: `Give the ${kind} a type of its own.`,
    };
  const { properties: taken } = common as { readonly properties: object };
  const key = Object.keys(options.properties).find((one) => Object.hasOwn(taken, one));
  if (key !== undefined)
    return broken(name, `has an option \`${key}\`, which every ${having} has`, WRITTEN[kind]);
  const nested = findNestedSecret(options.properties);
  if (nested !== undefined)
    return broken(
      name,
      `has an option \`${nested}\` with a secret inside of it, where it would not be known as one`,
      'Make it an option of its own, whose schema is `{$ref: "#/$defs/secret"}`.',
    );
  const schema: JsonSchema = {
    type: "object",
    properties: { [section]: { type: "object", additionalProperties: schemaOf(manifest) } },
  };
  try {
    return { section, kind: { manifest, words, module: place, schema, errorsIn: validatorOf(schema) } };
  } catch {
    return broken(name, "has options whose schema is not a JSON Schema", WRITTEN[kind]);
  }
}

function listWords(manifest: Manifests[OwnSection]): readonly string[] {
  return "aliases" in manifest ? [manifest.type, ...manifest.aliases] : [manifest.type];
}

function broken(name: string, what: string, hint: string): PluginFault {
  return { code: "plugin-broken", message: `\`${name}\` ${what}.`, hint };
}

/** Ajv is loaded with the first plug-in of a project, and never without one. */
function validatorOf(schema: JsonSchema): OwnKind["errorsIn"] {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, logger: false });
  ajv.addVocabulary(["errorMessage", "patternErrorMessage", "markdownDescription"]);
  const { $defs } = configSchema as { readonly $defs?: object };
  const validate = ajv.compile({ ...schema, $defs });
  return (file) => (validate(file) ? [] : ((validate.errors ?? []) as readonly SchemaError[]));
}

function versionOf(contract: unknown): string {
  return typeof contract === "number" ? `version ${contract}` : "no version";
}
