/** A name as the engine compares it: letters of ASCII alone have two cases there, so that `K` (the Kelvin sign) is no `k`. */
export function foldName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
