import { Ajv2020 } from "ajv/dist/2020.js";
import { CONTRACT_VERSION, type DestinationManifest } from "../../model/manifests/destination-manifest.js";
import type { JsonSchema } from "../../model/manifests/json-schema.js";
import { findDestinationKind } from "../../registry/destinations.js";
import type { SchemaError } from "../../validators/validator.js";
import { connectionSchema } from "../schema/connection-schema.js";
import { configSchema } from "../schema/schema-lookup.js";
import type { Problem } from "../diagnostics/problem.js";
import type { OwnDestination } from "./own-destinations.js";

/** Why a module cannot be used. */
export type PluginFault = Pick<Problem, "code" | "message" | "hint">;

interface Place {
  /** As `plugins` names it. */
  readonly name: string;
  /** Absolute path of the module. */
  readonly place: string;
  readonly kinds: ReadonlyMap<string, OwnDestination>;
}

/** What a module of a project says it brings; why it cannot be used, where it cannot. */
export function readManifest(module: unknown, { name, place, kinds }: Place): OwnDestination | PluginFault {
  const broken = (what: string, hint = WRITTEN): PluginFault => ({
    code: "plugin-broken",
    message: `\`${name}\` ${what}.`,
    hint,
  });
  const { manifest: said, load } = module as { manifest?: unknown; load?: unknown };
  if (!isMapping(said)) return broken("has no manifest");
  if (said["contract"] !== CONTRACT_VERSION)
    return {
      code: "plugin-version",
      message: `\`${name}\` is written for ${versionOf(said["contract"])} of the contract of plug-ins, and this Rollcall has version ${CONTRACT_VERSION}.`,
      hint: "Install a version of it that goes with this Rollcall.",
    };
  if (said["kind"] !== "destination") return broken("has a manifest that is not of a destination");
  if (typeof load !== "function") return broken("has no function `load`");
  const manifest = completed(said);
  if (typeof manifest === "string") return broken(`has a manifest without a sound \`${manifest}\``);
  const { type } = manifest;
  const other = kinds.get(type);
  if (other !== undefined || findDestinationKind(type) !== undefined)
    return {
      code: "plugin-type",
      message: `\`${name}\` claims the type \`${type}\`, which ${other === undefined ? "Rollcall brings along" : "another of `plugins` has"}.`,
      hint: "Give the destination a type of its own.",
    };
  const taken = Object.keys(manifest.options.properties).find((key) => Object.hasOwn(COMMON.properties, key));
  if (taken !== undefined)
    return broken(`has an option \`${taken}\`, which every connection to a service has`);
  const schema: JsonSchema = {
    type: "object",
    properties: { connections: { type: "object", additionalProperties: connectionSchema(manifest) } },
  };
  try {
    return { manifest, module: place, schema, errorsIn: validatorOf(schema) };
  } catch {
    return broken("has options whose schema is not a JSON Schema");
  }
}

const WRITTEN = "docs/own-destination.md says what it has to export.";

/** Keys that connections have already. */
const COMMON = connectionSchema({
  type: "any",
  aliases: [],
  description: "",
  isService: true,
  options: { properties: {}, required: [] },
}) as { readonly properties: object };

/** Ajv is loaded with the first plug-in of a project, and never without one. */
function validatorOf(schema: JsonSchema): OwnDestination["errorsIn"] {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, logger: false });
  ajv.addVocabulary(["errorMessage", "patternErrorMessage", "markdownDescription"]);
  const { $defs } = configSchema as { readonly $defs?: object };
  const validate = ajv.compile({ ...schema, $defs });
  return (file) => (validate(file) ? [] : ((validate.errors ?? []) as readonly SchemaError[]));
}

const TYPE = /^[a-z][a-zA-Z0-9-]{0,39}$/;

/** With everything that may be left out; the name of what is missing or wrong, where something is. */
function completed(said: Readonly<Record<string, unknown>>): DestinationManifest | string {
  const { type, label, description, isService, options = {}, fieldNames = {}, hasSmsNumbers = false } = said;
  const { listNameFault = noFault } = said;
  if (typeof type !== "string" || !TYPE.test(type)) return "type";
  if (typeof label !== "string") return "label";
  if (typeof description !== "string") return "description";
  if (typeof isService !== "boolean") return "isService";
  if (!isMapping(options)) return "options";
  const { properties = {}, required = [] } = options;
  if (!isMapping(properties) || !isListOfTexts(required)) return "options";
  if (!isMapping(fieldNames)) return "fieldNames";
  if (typeof listNameFault !== "function") return "listNameFault";
  return {
    type,
    aliases: [],
    label,
    description,
    isService,
    options: { properties: properties as Readonly<Record<string, JsonSchema>>, required },
    // Nobody else knows what they do.
    definingOptions: Object.keys(properties),
    optionsOf: asWritten,
    fieldNames: fieldNames as Readonly<Record<string, string>>,
    hasSmsNumbers: hasSmsNumbers === true,
    listNameFault: guarded(listNameFault as DestinationManifest["listNameFault"], label),
    starter: { connection: type, lines: [], list: "" },
  };
}

function asWritten<Options>(written: Options): Options {
  return written;
}

/** A name that it cannot judge is not taken. */
function guarded(
  listNameFault: DestinationManifest["listNameFault"],
  label: string,
): DestinationManifest["listNameFault"] {
  return (spec) => {
    try {
      const fault: unknown = listNameFault(spec);
      if (fault === undefined) return undefined;
      if (isMapping(fault) && typeof fault["message"] === "string" && typeof fault["hint"] === "string")
        return {
          part: fault["part"] === "folder" ? "folder" : "name",
          message: fault["message"],
          hint: fault["hint"],
        };
    } catch {
      // Said below.
    }
    return {
      part: "name",
      message: `The plug-in of ${label} cannot tell whether a list may be called so.`,
      hint: `Its \`listNameFault\` has to answer with undefined, or with part, message and hint. ${WRITTEN}`,
    };
  };
}

function noFault(): undefined {
  return undefined;
}

function versionOf(contract: unknown): string {
  return typeof contract === "number" ? `version ${contract}` : "no version";
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
