import { expect, test } from "vitest";
import { loadOptionalPackage } from "../../../src/platform/optional-package.js";

/** As Node fails in a process that has no test runner in between. */
const missing = (name: string): Promise<never> =>
  Promise.reject(
    Object.assign(new Error(`Cannot find package '${name}' imported from /project/file.js`), {
      code: "ERR_MODULE_NOT_FOUND",
    }),
  );

test("a package that is missing is named, with how to get it", async () => {
  await expect(loadOptionalPackage("pg", "State in PostgreSQL", () => missing("pg"))).rejects.toMatchObject({
    kind: "invalid",
    message: "State in PostgreSQL needs the package pg, which is not installed",
    hint: "Run `npm install pg` beside rollcall, then try again.",
  });
});

test("a package that is broken is not called missing", async () => {
  const load = (): Promise<never> => missing("pg-pool");
  await expect(loadOptionalPackage("pg", "State in PostgreSQL", load)).rejects.toThrow(
    /Cannot find package 'pg-pool'/,
  );
});
