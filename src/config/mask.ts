import type { ConfigDocument } from "./document.js";
import { valuesOfKey } from "./locate.js";

/** Keys of the vendors, passwords and signatures in URLs, and people's addresses, wherever somebody pasted one. */
const TELLING =
  /xkeysib-[\w-]+|\bSG\.[\w-]{6,}(?:\.[\w-]*)?|(?<=:\/\/)[^\s/@]+(?=@)|[\w.+-]+(?=@[\w-]+\.\w)|(?<=[?&]sig=)[^\s&"'#]+/g;
/** Keys of the config whose value is never written out. */
const SECRETS = [
  "apiKey",
  "signingSecret",
  "password",
  "connectionString",
  "accountKey",
  "sasToken",
  "accessKeyId",
  "secretAccessKey",
  "sessionToken",
];
const LITERAL = new RegExp(`(\\b(?:${SECRETS.join("|")})\\s*:\\s*)(?![\\s{*&#•]|$)([^\\n#]+)`, "g");
/** Whoever knows the path of an incoming webhook can write there. */
const URL_PATH = /(\burl\s*:\s*["']?\w+:\/\/[^\s/?#"']+[/?#])([^\s"',}]+)/g;
const NO_VARIABLE = /(\benv\s*:\s*)(["']?)(?![A-Za-z_]\w*\2\s*(?:[},#\n]|$))([^\s"'},#]+)/g;

/** The text for code frames: of the same shape, with whatever may be a secret written by mistake blotted out. */
export function maskSecrets(document: ConfigDocument): string {
  let text = document.text;
  const values = SECRETS.flatMap((key) => valuesOfKey(document.yaml.contents, key));
  for (const [from, to] of values) text = text.slice(0, from) + blot(text.slice(from, to)) + text.slice(to);
  return text
    .replace(TELLING, blot)
    .replace(LITERAL, (_, key: string, value: string) => key + blot(value))
    .replace(URL_PATH, (_, origin: string, path: string) => origin + blot(path))
    .replace(NO_VARIABLE, (_, key: string, quote: string, value: string) => key + quote + blot(value));
}

function blot(value: string): string {
  return value.replace(/[^\s]/g, "•");
}
