import type { Field } from "../../plugin/codec.js";
import { ownValue } from "../../model/own-value.js";

/**
 * What accounts call the plain names. Brevo creates its built-in attributes in
 * the account's language (FIRSTNAME and LASTNAME, PRENOM and NOM, VORNAME and
 * NACHNAME …), so that the name has to be looked up among the account's own.
 * The first of each is the one that is created when none is there. Source:
 * observed in recorded traffic; Brevo publishes no table of the names.
 */
const CANDIDATES: Readonly<Record<string, readonly string[]>> = {
  firstName: ["FIRSTNAME", "PRENOM", "VORNAME", "NOMBRE", "NOME"],
  lastName: ["LASTNAME", "NOM", "NACHNAME", "APELLIDOS", "COGNOME", "SOBRENOME"],
  phone: ["PHONE", "TELEPHONE", "TELEFON", "TELEFONO", "TELEFONE"],
  country: ["COUNTRY", "PAYS", "LAND", "PAIS", "PAESE"],
  state: ["STATE", "REGION", "BUNDESLAND", "PROVINCE", "PROVINCIA", "ESTADO"],
  city: ["CITY", "VILLE", "STADT", "ORT", "CIUDAD", "CITTA", "CIDADE"],
  postalCode: [
    "POSTALCODE",
    "POSTAL_CODE",
    "POSTCODE",
    "ZIP",
    "ZIPCODE",
    "ZIP_CODE",
    "CODE_POSTAL",
    "PLZ",
    "CAP",
  ],
};

/** The attribute an account has for a name of the config, or the names that could be meant. */
export type ResolvedField =
  | { readonly status: "found"; readonly field: Field }
  | { readonly status: "ambiguous"; readonly names: readonly string[] }
  /** `name` is what it would be created as. */
  | { readonly status: "missing"; readonly name: string };

export function resolveField(name: string, fields: readonly Field[]): ResolvedField {
  const candidates = candidatesFor(name, fields);
  const found = fields.filter((field) => candidates.includes(field.name.toUpperCase()));
  const [first] = found;
  if (first === undefined) return { status: "missing", name: candidates[0] ?? name.toUpperCase() };
  if (found.length > 1) return { status: "ambiguous", names: found.map((field) => field.name) };
  return { status: "found", field: first };
}

function candidatesFor(name: string, fields: readonly Field[]): readonly string[] {
  const candidates = ownValue(CANDIDATES, name);
  if (candidates === undefined) return [name.toUpperCase()];
  // NAME is the family name only beside VORNAME; elsewhere it is anybody's own attribute.
  const has = (other: string): boolean => fields.some((field) => field.name.toUpperCase() === other);
  return name === "lastName" && has("VORNAME") && !has("NACHNAME") ? [...candidates, "NAME"] : candidates;
}
