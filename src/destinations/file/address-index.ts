const FIRST_LINES = 1024;

/**
 * Where the line of each address is in a file of staged lines: some thirty
 * bytes a line, whatever the address. Two addresses may share a hash, so that
 * whoever finds a line has to look at it.
 */
export class AddressIndex {
  #hashes = new Uint32Array(FIRST_LINES);
  #offsets = new Float64Array(FIRST_LINES);
  #lengths = new Uint32Array(FIRST_LINES);
  /** Places hold the number of a line plus one; at most half of them are taken. */
  #places = new Int32Array(2 * FIRST_LINES);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Lines are numbered as they come, from 0. */
  add(key: string, offset: number, length: number): void {
    if (this.#size === this.#hashes.length) this.#grow();
    const hash = hashOf(key);
    this.#hashes[this.#size] = hash;
    this.#offsets[this.#size] = offset;
    this.#lengths[this.#size] = length;
    this.#put(hash, this.#size);
    this.#size += 1;
  }

  /** Where a line begins, in bytes, and how long it is without its line feed. */
  placeOf(line: number): { offset: number; length: number } {
    return { offset: this.#offsets[line] ?? 0, length: this.#lengths[line] ?? 0 };
  }

  /** Numbers of the lines that may be of this address. */
  *candidates(key: string): Iterable<number> {
    const hash = hashOf(key);
    const mask = this.#places.length - 1;
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const line = (this.#places[place] ?? 0) - 1;
      if (line === -1) return;
      if (this.#hashes[line] === hash) yield line;
    }
  }

  #put(hash: number, line: number): void {
    const mask = this.#places.length - 1;
    let place = hash & mask;
    while (this.#places[place] !== 0) place = (place + 1) & mask;
    this.#places[place] = line + 1;
  }

  #grow(): void {
    const lines = 2 * this.#hashes.length;
    this.#hashes = copied(this.#hashes, new Uint32Array(lines));
    this.#offsets = copied(this.#offsets, new Float64Array(lines));
    this.#lengths = copied(this.#lengths, new Uint32Array(lines));
    this.#places = new Int32Array(2 * lines);
    for (let line = 0; line < this.#size; line++) this.#put(this.#hashes[line] ?? 0, line);
  }
}

function copied<A extends Uint32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** FNV-1a with a last stir, since places go by the lower bits. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < key.length; at++) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
