/**
 * Sets of list numbers, each kept once: most contacts are on the same few
 * combinations of lists, so a contact holds one small number.
 */
export class SetTable {
  readonly #sets: (readonly number[])[] = [[]];
  readonly #ids = new Map<string, number>([["", 0]]);
  /** How many contacts hold each set. */
  readonly #holders: number[] = [0];
  readonly #added: Map<number, number>[] = [];

  members(set: number): readonly number[] {
    return this.#sets[set] ?? [];
  }

  has(set: number, list: number): boolean {
    return this.members(set).includes(list);
  }

  with(set: number, list: number): number {
    const cached = this.#added[set]?.get(list);
    if (cached !== undefined) return cached;
    const members = this.members(set);
    const result = members.includes(list) ? set : this.of([...members, list]);
    (this.#added[set] ??= new Map()).set(list, result);
    return result;
  }

  without(set: number, list: number): number {
    return this.has(set, list) ? this.of(this.members(set).filter((member) => member !== list)) : set;
  }

  of(lists: readonly number[]): number {
    const sorted = [...new Set(lists)].sort((a, b) => a - b);
    const key = sorted.join();
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#sets.push(sorted) - 1;
    this.#ids.set(key, id);
    this.#holders[id] = 0;
    return id;
  }

  hold(set: number, change: 1 | -1): void {
    this.#holders[set] = (this.#holders[set] ?? 0) + change;
  }

  /** Contacts on a list. */
  count(list: number): number {
    let total = 0;
    for (const [id, members] of this.#sets.entries())
      if (members.includes(list)) total += this.#holders[id] ?? 0;
    return total;
  }

  /** One entry a set: 1 when it contains the list; for scans. */
  mask(list: number): Uint8Array {
    return Uint8Array.from(this.#sets, (members) => (members.includes(list) ? 1 : 0));
  }
}
