/** Values of a row by the names of their columns, as the engine hands them out. */
export type RowValues = Readonly<Record<string, unknown>>;
