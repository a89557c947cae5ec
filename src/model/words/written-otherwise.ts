/**
 * Ends the reason of an opt-out whose owner's address is written otherwise
 * there than the address that it is known by. Another contact may have that
 * very address, and says nothing about it.
 */
export const WRITTEN_OTHERWISE = ", written otherwise";
