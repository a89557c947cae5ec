/** Text in which every e-mail address is masked as in samples: `a•••@example.com`. */
export function maskAddresses(text: string): string {
  return text.replaceAll(
    // Looked for at the beginning of words only, or a long word would be read once for each of its letters.
    /(?<![\p{L}\p{N}_.+-])([.+-]*[\p{L}\p{N}_])[\p{L}\p{N}_.+-]*(@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)/gu,
    "$1•••$2",
  );
}
