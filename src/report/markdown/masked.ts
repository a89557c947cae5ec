/** An address as in samples, `a•••@example.com`, also of a plan that shows whole ones. */
export function maskAddress(address: string): string {
  const [first = ""] = address;
  const at = address.indexOf("@");
  return `${first}•••${at === -1 ? "" : address.slice(at)}`;
}
