import { inspect } from "node:util";

const MASK = "•••";

/** A secret that prints as `•••` wherever it ends up; only `reveal` gives it away. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}

/** By the keys that they have in the config. */
export type Secrets = Readonly<Record<string, Secret>>;
