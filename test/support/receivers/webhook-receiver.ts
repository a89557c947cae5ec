import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { project } from "../rollcall.js";
import { HttpReceiver, type Answer, type HttpMessage } from "./http-receiver.js";

/** The body of a webhook, as far as tests look at it. */
export interface WebhookBody {
  readonly type: string;
  readonly data: {
    readonly id: string;
    readonly environment?: string;
    readonly run: {
      readonly command: string;
      readonly id?: string;
      readonly actor: string;
      readonly url?: string;
    };
    readonly changes: readonly {
      readonly event: string;
      readonly condition: string;
      readonly before: string;
      readonly scope: string;
      readonly export?: { readonly name: string };
      readonly kind?: string;
      readonly checks: readonly string[];
      readonly message: string;
      readonly hint?: string;
      readonly counts: Readonly<Record<string, number>>;
    }[];
  };
}

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });
addFormats.default(ajv);
const conforms = ajv.compile<WebhookBody>(
  JSON.parse(readFileSync(`${project}schemas/notice.schema.json`, "utf8")) as object,
);

/** Takes what is signed with the secret, not old, and as the schema says. */
export function webhookReceiver(secret: string): HttpReceiver {
  return new HttpReceiver((message): Exclude<Answer, undefined> => {
    if (!isSigned(message, secret)) return { status: 401, body: "bad signature" };
    const body: unknown = JSON.parse(message.body);
    if (!conforms(body)) return { status: 400, body: ajv.errorsText(conforms.errors) };
    return body.data.id === message.headers["webhook-id"] ? { status: 204 } : { status: 400, body: "id" };
  });
}

/** As a receiver verifies by the specification; shares nothing with what signs. */
function isSigned({ headers, body }: HttpMessage, secret: string): boolean {
  const id = String(headers["webhook-id"]);
  const time = String(headers["webhook-timestamp"]);
  if (id.includes(".") || Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key)
    .update(Buffer.from(`${id}.${time}.${body}`, "utf8"))
    .digest();
  return String(headers["webhook-signature"])
    .split(" ")
    .some((one) => {
      const [version, signature = ""] = one.split(",");
      const given = Buffer.from(signature, "base64");
      return version === "v1" && given.length === expected.length && timingSafeEqual(given, expected);
    });
}

export function webhookBody({ body }: HttpMessage): WebhookBody {
  return JSON.parse(body) as WebhookBody;
}
