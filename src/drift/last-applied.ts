import type { AttributeMapping } from "../model/config/attribute.js";
import type { AttributeProgram, ExportProgram } from "../model/plan/program.js";
import type { Binding, Codec } from "../plugin/codec.js";
import type { CompiledExport } from "../planner/prepared.js";

/** The definition last applied, as far as values can be computed with it. */
export interface LastApplied {
  readonly program: ExportProgram;
  readonly bindings: readonly Binding[];
  readonly codec: Codec;
}

/** Undefined when there is none, or when its fields are not there any more. */
export function findLastApplied(compiled: CompiledExport): LastApplied | undefined {
  const { open, previous, changed, firstRun, program, bindings, codec } = compiled;
  if (firstRun) return undefined;
  if (!changed) return { program, bindings, codec };
  if (previous === undefined) return undefined;
  const bound = open.plugin.bind(previous.attributes.map(mappingOf), open.fields);
  if (bound.problems.length > 0) return undefined;
  return {
    program: previous,
    bindings: bound.bindings,
    codec: open.plugin.codec(bound.bindings, open.connection),
  };
}

/** As much of the YAML's attribute as a binding depends on; what it is worth is in the program. */
function mappingOf({ name, sql, type, nulls, choices, sms }: AttributeProgram): AttributeMapping {
  const phone = { countryColumn: undefined, defaultCountry: undefined, as: sms ? "sms" : "text" } as const;
  return {
    name,
    value: { sql },
    type,
    nulls,
    createMissing: false,
    choices: type === "choice" ? choices : [],
    phone: type === "phone" ? phone : undefined,
  };
}
