/**
 * Macros that write out what they are given more than once, and how often at
 * most: of a few in each other the engine makes millions of expressions.
 */
const COPIES: ReadonlyMap<string, number> = new Map([
  ...["fmod", "nullif", "weighted_avg", "wavg", "array_pop_back", "map_contains_entry"].map(
    (name) => [name, 2] as const,
  ),
  ...["split_part", "round_even", "roundbankers", "array_to_string", "array_to_string_comma_default"].map(
    (name) => [name, 3] as const,
  ),
  ...["json_group_array", "json_group_object", "json_group_structure"].map((name) => [name, 3] as const),
  ...["format_type", "format_pg_type", "map_to_pg_oid", "pg_get_constraintdef"].map(
    (name) => [name, 20] as const,
  ),
  ...["plain_text", "masked_address", "valid_address"].map((name) => [name, 5] as const),
  ...["with_a_label", "key_of_folded", "address_key", "named_keys", "consent_answer"].map(
    (name) => [name, 20] as const,
  ),
  ...["finite_number", "truth_of"].map((name) => [name, 2] as const),
  ...["number_of", "comma_number_of", "offset_instant", "timestamp_of", "date_of"].map(
    (name) => [name, 8] as const,
  ),
  ...["former_identity_of", "first_identity_of"].map((name) => [name, 20] as const),
  ...["identity_of_bare", "identity_of"].map((name) => [name, 60] as const),
  ...["is_uuid", "is_bare"].map((name) => [name, 5] as const),
  ...["consent_form_of_trimmed", "consent_form"].map((name) => [name, 20] as const),
]);

/** How often a function writes out what it is given. */
export function countCopies(functionName: string): number {
  return COPIES.get(functionName) ?? 1;
}
