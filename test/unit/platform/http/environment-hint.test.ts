import { describe, expect, test } from "vitest";
import { environmentHint } from "../../../../src/platform/http/environment-hint.js";

const host = "api.brevo.com";
const proxy = "http://anna:s3cret@proxy.example.com:3128";

describe("a proxy of the environment", () => {
  test.each(["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])(
    "%s is named, not its value",
    (name) => {
      for (const code of ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", undefined]) {
        const hint = environmentHint({ code, host }, { [name]: proxy });
        expect(hint).toBe(
          `${name} is set, but Rollcall connects without a proxy. Let this machine reach port 443 of ${host} directly.`,
        );
      }
    },
  );

  test.each([
    ["api.brevo.com"],
    ["brevo.com"],
    [".brevo.com"],
    ["*.brevo.com"],
    ["example.com, brevo.com:443"],
    ["*"],
    ["BREVO.COM"],
  ])("NO_PROXY=%s excepts the host", (names) => {
    for (const name of ["NO_PROXY", "no_proxy"])
      expect(
        environmentHint({ code: "ECONNREFUSED", host }, { HTTPS_PROXY: proxy, [name]: names }),
      ).toBeUndefined();
  });

  test.each([["revo.com"], ["api.brevo.com.example.com"], [""], [","]])("NO_PROXY=%s does not", (names) => {
    expect(
      environmentHint({ code: "ECONNREFUSED", host }, { HTTPS_PROXY: proxy, NO_PROXY: names }),
    ).toBeDefined();
  });

  test("no proxy is named when it is not the cause", () => {
    const env = { HTTPS_PROXY: proxy };
    for (const own of ["127.0.0.1", "localhost", "[::1]"])
      expect(environmentHint({ code: "ECONNREFUSED", host: own }, env)).toBeUndefined();
    for (const code of ["CERT_HAS_EXPIRED", "ERR_TLS_CERT_ALTNAME_INVALID", "UND_ERR_HEADERS_OVERFLOW"])
      expect(environmentHint({ code, host }, env)).toBeUndefined();
    expect(environmentHint({ code: "ECONNREFUSED", host }, { HTTPS_PROXY: "" })).toBeUndefined();
    expect(environmentHint({ code: "ECONNREFUSED", host }, { HTTP_PROXY: proxy })).toBeUndefined();
    expect(environmentHint({ code: "ECONNREFUSED", usesProxies: true }, env)).toBeUndefined();
  });
});

test.each([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
])("%s leads to NODE_EXTRA_CA_CERTS", (code) => {
  expect(environmentHint({ code, host }, {})).toMatch(/name the file .* in NODE_EXTRA_CA_CERTS/);
  const set = environmentHint({ code, host }, { NODE_EXTRA_CA_CERTS: "/home/anna/ca.pem" });
  expect(set).toMatch(/^NODE_EXTRA_CA_CERTS is set: see that its file is there/);
  expect(set).not.toContain("anna");
});
