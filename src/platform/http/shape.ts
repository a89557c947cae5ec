/** Where a value is not as it has to be, in names and numbers, and how; never the value itself. */
export interface Misfit {
  readonly path: string;
  readonly trouble: string;
}

/** States what is needed of a value that others made; more than that may be there. */
export interface Shape<T> {
  (value: unknown): Misfit | undefined;
  /** Only a type. */
  readonly of?: T;
}

type Members = Readonly<Record<string, Shape<unknown>>>;
type ObjectOf<M extends Members> = { readonly [K in keyof M]: M[K] extends Shape<infer T> ? T : never };
export type Of<S> = S extends Shape<infer T> ? T : never;

export const text: Shape<string> = (value) => (typeof value === "string" ? undefined : misfit(value, "text"));

export const filledText: Shape<string> = (value) =>
  typeof value === "string" && value.trim() === "" ? { path: "", trouble: "is empty" } : text(value);

/** A number as text. */
export const digits: Shape<string> = (value) =>
  typeof value === "string" && !/^[1-9]\d{0,15}$/.test(value)
    ? { path: "", trouble: "is not a number" }
    : text(value);

/** An e-mail address, as far as anybody can tell without sending to it. */
export const address: Shape<string> = (value) =>
  typeof value === "string" && !/.@./.test(value) ? { path: "", trouble: "is not an address" } : text(value);

export const truth: Shape<boolean> = (value) =>
  typeof value === "boolean" ? undefined : misfit(value, "true or false");

/** A number of things. */
export const amount: Shape<number> = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? undefined
    : misfit(value, "a whole number from 0 up");

/** A number that identifies something. */
export const number: Shape<number> = (value) =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0
    ? undefined
    : misfit(value, "a whole number from 1 up");

export const anyObject: Shape<Readonly<Record<string, unknown>>> = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? undefined
    : misfit(value, "an object");

export function object<M extends Members>(members: M): Shape<ObjectOf<M>> {
  const entries = Object.entries(members);
  return (value) => {
    const wrong = anyObject(value);
    if (wrong !== undefined) return wrong;
    for (const [name, shape] of entries) {
      const found = shape((value as Record<string, unknown>)[name]);
      if (found !== undefined) return inside(name, found);
    }
    return undefined;
  };
}

export function listOf<T>(item: Shape<T>): Shape<readonly T[]> {
  return (value) => {
    if (!Array.isArray(value)) return misfit(value, "a list");
    for (const [index, one] of (value as readonly unknown[]).entries()) {
      const found = item(one);
      if (found !== undefined) return inside(`[${index}]`, found);
    }
    return undefined;
  };
}

/** An object whose names are data, and so are not told. */
export function recordOf<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value) => {
    const wrong = anyObject(value);
    if (wrong !== undefined) return wrong;
    for (const one of Object.values(value as Record<string, unknown>)) {
      const found = item(one);
      if (found !== undefined) return inside("*", found);
    }
    return undefined;
  };
}

/** May be missing or null. */
export function maybe<T>(shape: Shape<T>): Shape<T | null | undefined> {
  return (value) => (value === undefined || value === null ? undefined : shape(value));
}

/** One of two shapes; what is wrong is said of the first. */
export function either<A, B>(first: Shape<A>, second: Shape<B>): Shape<A | B> {
  return (value) => (second(value) === undefined ? undefined : first(value));
}

function misfit(value: unknown, wanted: string): Misfit {
  if (value === undefined) return { path: "", trouble: "is missing" };
  return { path: "", trouble: `is ${kindOf(value)}, not ${wanted}` };
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "text";
    case "number":
      return "another number";
    case "boolean":
      return "true or false";
    default:
      return "an object";
  }
}

function inside(name: string, { path, trouble }: Misfit): Misfit {
  const joint = path === "" || path.startsWith("[") ? "" : ".";
  return { path: `${name}${joint}${path}`, trouble };
}
