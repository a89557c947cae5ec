/** Words of SendGrid's own sentences. Whatever else is in one may be somebody's name. */
const WORDS = new Set(
  `a access account accepted added address addresses again all already an and any api are as at authorization authorized bad
  be been before bounced but by calls can cannot character characters completed contact contacts contain contains could
  count country csv custom date deleted denied description do does domain duplicate email emails empty error exceed
  exceeded exceeds exist existing exists expected expired export failed field fields file first for forbidden format
  found from future get given group has have hit id identifier identifiers ids if import in incorrect insufficient
  internal invalid is it item items job json key large last least length less limit list lists long longer malformed
  many marketing maximum may message minimum missing more most must name names need no not nothing null number object
  of off on one only or page parameter payload permission permissions phone plan please postal present processing
  property range rate read record request requests required reserved resource restricted retry row rows scope scopes
  search server short size state status string suppressed suppression support supported temporarily text than that the
  their there this time to token too try type types unable unauthorized unavailable unexpected unique unknown
  unsupported update upload url use user valid value values was were when with without write wrong you your zip`.split(
    /\s+/,
  ),
);

/** A vendor's sentence without what it quotes or names: values, addresses, keys, people. */
export function removeValues(message: string): string {
  return message
    .slice(0, 1000)
    .replaceAll(/"[^"]*"|'[^']*'|`[^`]*`/g, "…")
    .replaceAll(/\S*@\S*/g, "…")
    .replaceAll(/\+?\d[\d\s().-]{5,}\d/g, "…")
    .replaceAll(/[\p{L}\p{N}_]+/gu, (word) => (isTheirs(word) ? word : "…"))
    .replaceAll(/…(?:[^\p{L}\p{N}]*…)+/gu, "…")
    .slice(0, 160)
    .trim()
    .replace(/^…$/, "");
}

/** Fields and codes such as `custom_fields` are the vendor's as well. */
function isTheirs(word: string): boolean {
  return WORDS.has(word.toLowerCase()) || /^[a-z]+(?:_[a-z]+)+$/.test(word) || /^\d{1,3}$/.test(word);
}
