import type { BrevoData } from "./account.js";
import { cleanAttributes, type CleanRules } from "./clean.js";
import { normaliseEmail } from "./email.js";

export interface ImportRow {
  readonly email: unknown;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A row of an import, small enough to wait in a queue with a million others. */
export interface PreparedRow {
  /** Lower-cased; '' without one; undefined when it is not an address. */
  readonly email: string | undefined;
  /** What was there, for the report. */
  readonly raw: string;
  /** JSON object of the attributes to store. */
  readonly text: string;
  readonly cleared: readonly string[];
  /** Attributes name an identifier besides the e-mail address. */
  readonly identified: boolean;
}

export interface Prepared {
  readonly rows: readonly PreparedRow[];
  /** Some row has an address, or something else that identifies a contact; live accounts refuse an import without (recorded). */
  readonly anyIdentifier: boolean;
}

const NONE: readonly string[] = [];

/** Checks every row. Rows that Brevo drops without a word are missing from the result. */
export function prepareRows(data: BrevoData, rows: Iterable<ImportRow>, rules: CleanRules): Prepared {
  let anyIdentifier = false;
  const prepared: PreparedRow[] = [];
  const absent = new AbsentNames(rules);
  for (const { email: raw, attributes } of rows) {
    const email = raw === undefined || raw === null || raw === "" ? "" : normaliseEmail(raw);
    const clean = cleanAttributes(data.attributes, attributes, rules);
    anyIdentifier ||= clean.identified || (email !== undefined && email !== "");
    if (clean.wrong && rules.switches.brevoWrongTypeDropsRow) continue;
    if (email === "" && !clean.identified) continue;
    absent.note(prepared.length, attributes);
    prepared.push({
      email,
      raw: email === undefined ? String(raw) : "",
      text: JSON.stringify(clean.values),
      cleared: clean.cleared.length === 0 ? NONE : clean.cleared,
      identified: clean.identified,
    });
  }
  return { rows: absent.applied(prepared, data), anyIdentifier };
}

/** For the switch by which attributes that a row does not have are erased. */
class AbsentNames {
  readonly #on: boolean;
  readonly #rows: ReadonlySet<string>[] = [];

  constructor(rules: CleanRules) {
    this.#on = rules.emptyErases && rules.switches.brevoAbsentErases;
  }

  note(index: number, attributes: Readonly<Record<string, unknown>>): void {
    if (this.#on) this.#rows[index] = new Set(Object.keys(attributes));
  }

  applied(prepared: readonly PreparedRow[], data: BrevoData): readonly PreparedRow[] {
    if (!this.#on) return prepared;
    const every = [...data.attributes.keys()];
    return prepared.map((row, index) => {
      const absent = every.filter((name) => this.#rows[index]?.has(name) !== true);
      return { ...row, cleared: [...row.cleared, ...absent] };
    });
  }
}
