/**
 * Whether a text that somebody wrote where a word belongs may be repeated: it is
 * short and made of letters, so that it is hardly a key that was pasted there.
 */
export function isPlainWord(text: string): boolean {
  return text.length <= 32 && text.split(/[-_.]/).every((part) => WORD.test(part));
}

/** Letters, of which only few are all capitals, and a small number. */
const WORD = /^(?:[A-Za-z]{0,19}[a-z]|[A-Z]{1,6})\d{0,2}$/;

/** Words that names of variables with secrets are made of. */
const TELLS = new Set(
  "ACCESS ACCOUNT API BREVO CONNECTION HASH HOOK KEY PASS PASSWORD ROLLCALL SAS SECRET SENDGRID SIGNING SLACK SMTP STATE TOKEN URL WEBHOOK".split(
    " ",
  ),
);

/**
 * Whether the name of an environment variable may be repeated. A key that was
 * pasted in its place may have the same form, so it has to be words in capitals,
 * one of which says that it is about a secret, or about us.
 */
export function isPlainVariable(name: string): boolean {
  if (name.length > 64) return false;
  if (name.length <= 4) return true;
  const words = name.split("_");
  return (
    words.every((word) => /^(?:[A-Z]{1,16}|\d{1,2})$/.test(word)) && words.some((word) => TELLS.has(word))
  );
}
