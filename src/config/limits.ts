/**
 * What a config, a test file or a policy may cost to read. All of it is far above
 * what people write, and low enough that a file made to stop Rollcall is refused at once.
 */

/** Keys and items of lists in one file. */
export const MAX_VALUES = 100_000;

/** Levels of indentation and brackets, one inside the other. */
export const MAX_DEPTH = 100;

/** Aliases in a file, and copies that those of one anchor unfold to. */
export const MAX_ALIASES = 1000;

/** Files of a config. */
export const MAX_FILES = 1000;

/** Characters of all files of a config. */
export const MAX_CONFIG_CHARACTERS = 16 * 1024 * 1024;

/** Keys and items of lists in all files of a config. */
export const MAX_CONFIG_VALUES = 400_000;

/** Environments, and what all of them are together: each is judged as a config of its own. */
export const MAX_ENVIRONMENTS = 50;
export const MAX_ENVIRONMENT_VALUES = 4_000_000;

/** Policies, each of which may take a second to evaluate. */
export const MAX_POLICIES = 200;

/** Includes inside included files. */
export const MAX_INCLUDE_DEPTH = 50;

/** Cases of all test files of a run; each takes some hundredths of a second. */
export const MAX_TEST_CASES = 1000;

/** What is written and loaded for them: the rows of each case, with all columns of their source. */
export const MAX_TEST_CELLS = 5_000_000;

/** Diagnostics that are shown one by one; the rest is only counted. */
export const MAX_DIAGNOSTICS = 100;
