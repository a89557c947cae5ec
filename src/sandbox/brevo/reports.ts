import type { Downloads } from "../store/downloads.js";
import { REPORTS, type ReportName } from "./processes.js";

/** Rows of an import that Brevo names afterwards. The columns of its reports are not documented; one column is an assumption. */
export class Reports {
  readonly #values = new Map<ReportName, string[]>();

  add(name: ReportName, value: string): void {
    const values = this.#values.get(name);
    if (values === undefined) this.#values.set(name, [value]);
    else values.push(value);
  }

  /** The address of each report, null for those without rows. */
  files(downloads: Downloads): Record<ReportName, string | null> {
    const entries = REPORTS.map((name) => {
      const values = this.#values.get(name);
      if (values === undefined) return [name, null] as const;
      const chunks = (): string[] => ["EMAIL\n", ...values.map((value) => `${value}\n`)];
      return [
        name,
        downloads.add({ name: `${name}.csv`, type: "text/csv", chunks, gzip: false, rows: values.length }),
      ] as const;
    });
    return Object.fromEntries(entries) as Record<ReportName, string | null>;
  }
}
