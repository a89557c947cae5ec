import { expect, it } from "vitest";
import { MACRO_NAMES } from "../../../../src/engine/functions.ts";
import { countCopies } from "../../../../src/engine/user-sql/macro-copies.ts";
import { sharedEngine } from "../../../support/engine.ts";

const opened = sharedEngine();

interface Macro {
  readonly name: string;
  readonly parameters: string;
  readonly definition: string;
}

/** Of a name, outside of texts. */
const standing = (text: string, name: string, after = ""): number =>
  text.replaceAll(/'(?:[^']|'')*'/gu, "''").split(new RegExp(`(?<![\\w.])"?${name}"?(?!\\w)${after}`, "u"))
    .length - 1;

it("every macro of the engine that repeats what it is given is known as one", async () => {
  // The statement names all of ours, as they are created once they are named.
  const macros = await opened().engine.outer.rows<Macro>(
    `/* ${MACRO_NAMES.join(" ")} */ SELECT function_name AS name, array_to_string(parameters, ' ') AS parameters, macro_definition AS definition
     FROM duckdb_functions() WHERE function_type = 'macro' AND macro_definition IS NOT NULL`,
  );
  expect(macros.length).toBeGreaterThan(50);
  expect(macros.map(({ name }) => name)).toEqual(expect.arrayContaining([...MACRO_NAMES]));
  const repeating = macros.filter(({ name }) => countCopies(name) > 1);
  const wrong = macros.flatMap(({ name, parameters, definition }) => {
    const given = Math.max(
      0,
      ...parameters
        .split(" ")
        .filter(Boolean)
        .map((one) => standing(definition, one)),
    );
    // What another macro repeats is repeated by the one that calls it.
    const inner = repeating.filter((other) => given > 0 && standing(definition, other.name, "\\(") > 0);
    const least = given * Math.max(1, ...inner.map((other) => (other.name === name ? 1 : 2)));
    return countCopies(name) < least ? [`${name} repeats what it is given ${least} times`] : [];
  });
  expect(wrong).toEqual([]);
});
