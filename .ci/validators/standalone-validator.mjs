import Ajv2020 from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { withoutTexts } from "./checked-schema.mjs";

/** Of what people write every mistake is told, in words of our own. Of what Rollcall wrote one is enough, in those of ajv. */
const REPORTS = {
  people: { allErrors: true, messages: false },
  rollcall: { allErrors: false, messages: true },
};

/** The source of a module that exports a validator of a schema under a name, and imports nothing at run time. */
export function standaloneValidator(name, schema, { writtenBy, refersTo = [] }) {
  if (/"(?:unevaluated|\$dynamic)/.test(JSON.stringify([schema, ...refersTo])))
    throw new Error(`${name} would pass over a keyword of its schema`);
  const ajv = new Ajv2020.default({
    ...REPORTS[writtenBy],
    discriminator: true,
    allowUnionTypes: true,
    // What is referred to many times is one function.
    inlineRefs: false,
    // Counting UTF-16 units keeps the code free of run-time imports.
    unicode: false,
    validateFormats: false,
    code: { source: true, esm: true, lines: true },
    logger: false,
  });
  // The dialect brings them; every function would look after them, and no schema here needs it.
  Object.assign(ajv.opts, { dynamicRef: false, unevaluated: false });
  for (const other of refersTo) ajv.addSchema(withoutTexts(other));
  const code = standalone.default(ajv, ajv.compile(withoutTexts(schema)));
  const start = /^"use strict";\s*export const validate = (\w+);\s*export default \1;/;
  if (!start.test(code)) throw new Error(`ajv begins ${name} otherwise`);
  if (/\brequire\(/.test(code)) throw new Error(`${name} imports something`);
  return [
    "// @ts-nocheck",
    'import type { Validator } from "./validator.js";',
    inLinearTime(code.replace(start, `export const ${name}: Validator = $1;`)),
  ].join("\n");
}

/** To copy all errors for each entry that has some takes minutes where there are many. */
function inLinearTime(code) {
  const appending = code.replaceAll(/vErrors\.concat\((\w+)\.errors\)/g, "appended(vErrors, $1.errors)");
  if (appending === code) return code;
  return `${appending}\nfunction appended(all, more) {\n  for (const one of more) all.push(one);\n  return all;\n}\n`;
}
