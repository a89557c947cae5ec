/** What a column is hardly ever called: a value with an @, a date, a number of a phone or a customer, a long text. */
const VALUE = /@|\d{4}-\d\d-\d\d|\d{5,}|^\+?\d[\d /().-]*$|\p{Cc}|.{65}/u;

/** Whether a name may be a person's value, so that no message repeats it. */
export function mayBeValue(name: string): boolean {
  return VALUE.test(name);
}

/** What no column is called, unless the config says that its names are a header. */
const DATA =
  /^(?:\d{4}-\d\d-\d\d.*|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\+?\d[\d /().-]{4,}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/iu;

const ADDRESS = /[^\s@]@[^\s@]+\.[^\s@]/u;

/** How surely the first row of a file is data rather than a header, also by the row below it. */
export function dataRowLikelihood(
  values: readonly string[],
  below: readonly string[] = [],
): "certainly" | "likely" | "no" {
  const namesAddresses = values.some((value, index) => isWord(value) && ADDRESS.test(below[index] ?? ""));
  if (values.some((value) => ADDRESS.test(value))) return namesAddresses ? "likely" : "certainly";
  return !namesAddresses && values.some((value) => DATA.test(value.trim())) ? "likely" : "no";
}

function isWord(value: string): boolean {
  return /\p{L}/u.test(value) && !ADDRESS.test(value) && !DATA.test(value.trim());
}

/** What looks like a plain space in a name, or like nothing at all. */
const UNSEEN = /(?! )\p{Zs}|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|^ +| +$/gu;

/** A name in which one sees every letter, also one that is not there for the eye or is put together of two. */
export function shownName(name: string): string {
  const unseen = name === name.normalize("NFC") ? UNSEEN : new RegExp(`${UNSEEN.source}|\\p{M}`, "gu");
  return name.replaceAll(unseen, (found) =>
    Array.from(found, (letter) => `\\u{${(letter.codePointAt(0) ?? 0).toString(16)}}`).join(""),
  );
}
