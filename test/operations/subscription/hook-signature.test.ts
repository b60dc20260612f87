import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { hookSecret } from "../../../src/contract/subscription/subscription.ts";
import {
  hintOf,
  hookSecretOf,
  refuseHookSecret,
  signatureHeaders,
} from "../../../src/operations/subscription/hook-signature.ts";

const bytes = fc.uint8Array({ minLength: 24, maxLength: 64 });

it("makes secrets that the contract and every library of Standard Webhooks take", () => {
  fc.assert(
    fc.property(bytes, (given) => {
      const secret = hookSecretOf(given);
      expect(hookSecret.safeParse(secret).success).toBe(true);
      expect(refuseHookSecret(secret)).toBeNull();
      expect(secret).toContain(hintOf(secret).slice(0, -1));
      expect(hintOf(secret).length).toBeLessThan(14);
    }),
  );
});

it("never throws at what the contract takes for a secret", () => {
  const looksRight = fc.stringMatching(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/);
  fc.assert(
    fc.property(looksRight, (secret) => {
      if (refuseHookSecret(secret) === null) signatureHeaders([secret], { id: "evt_1", at: new Date(), body: "{}" });
    }),
  );
});

it("signs by each secret, so that either verifies and no other does", () => {
  fc.assert(
    fc.property(bytes, bytes, bytes, fc.string(), (first, second, other, body) => {
      const secrets = [hookSecretOf(first), hookSecretOf(second)];
      const headers = signatureHeaders(secrets, { id: "evt_1", at: new Date(), body });
      for (const secret of secrets) new Webhook(secret).verify(body, headers, { jsonParse: false });
      const stranger = hookSecretOf(other);
      if (!secrets.includes(stranger))
        expect(() => new Webhook(stranger).verify(body, headers, { jsonParse: false })).toThrow();
      expect(() => new Webhook(secrets[0] ?? "").verify(`${body}.`, headers, { jsonParse: false })).toThrow();
    }),
  );
});

it("signs as Standard Webhooks' own example is signed", () => {
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const parts = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: new Date(1614265330_000), body: '{"test": 2432232314}' };
  expect(signatureHeaders([secret], parts)).toEqual({
    "webhook-id": parts.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});
