/** Text in which every e-mail address is masked as in samples: `a•••@example.com`. */
export function maskAddresses(text: string): string {
  return text.replaceAll(
    /([\p{L}\p{N}_])[\p{L}\p{N}_.+-]*(@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)/gu,
    "$1•••$2",
  );
}
