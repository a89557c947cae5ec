const ADDRESS = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@.,;<>"]{2,}$/;

/** Brevo's form of an address; undefined when it is not one. */
export function normaliseEmail(raw: unknown): string | undefined {
  if (typeof raw !== "string") return undefined;
  const email = raw.trim().toLowerCase();
  return email.length <= 254 && ADDRESS.test(email) ? email : undefined;
}
