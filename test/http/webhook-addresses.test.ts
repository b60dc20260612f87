import { expect, test } from "vitest";
import { isStandardSecret } from "../../src/operations/webhook/check-signature.ts";
import { hintOf, refuseAddress, refuseSecret } from "../../src/operations/webhook/create-source.ts";

const refusalOf = (url: string, mayAskPrivate = false) => refuseAddress({ mayAskPrivate }, url)?.message ?? null;

test("a registry that others reach asks no address that only it can see, and none without TLS", () => {
  expect(refusalOf("https://github.example/api/v3")).toBeNull();
  const wrong = [
    "http://github.example",
    "https://127.0.0.1",
    "https://[::1]:8080",
    "https://10.1.2.3/api",
    "https://git.internal",
  ];
  for (const url of [...wrong, "https://2130706433/", "https://localhost"])
    expect(refusalOf(url), url).toMatch(/api_url/);
  expect(refusalOf("http://127.0.0.1:3000/api", true)).toBeNull();
  for (const url of ["https://me@host.example", "https://host.example?a=1", "https://host.example#a"])
    expect(refusalOf(url, true), url).toMatch(/api_url/);
});

test("a generic source's secret is one that Standard Webhooks can be signed with", () => {
  const of = (size: number) => `whsec_${btoa("x".repeat(size))}`;
  expect([23, 24, 64, 65].map((size) => isStandardSecret(of(size)))).toEqual([false, true, true, false]);
  for (const secret of ["", "whsec_", "whsec_!!!!", "plain-text-of-some-length", of(24).slice(0, -1)])
    expect(isStandardSecret(secret)).toBe(false);
  expect(refuseSecret("generic", "plain-text-of-some-length")?.message).toContain("whsec_");
  expect(refuseSecret("github", "plain-text-of-some-length")).toBeNull();
  expect(hintOf("whsec_abcdefgh")).toBe("whsec_abcd…");
  expect(hintOf("0123456789abcdef")).toBe("0123…");
});
