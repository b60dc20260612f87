import fc from "fast-check";
import { expect, it } from "vitest";
import { type KeptSecret, liveSecrets, rotateSecrets } from "../../../src/domain/subscription/subscription-secrets.ts";

const begin = Date.parse("2026-01-01T00:00:00.000Z");
const at = (seconds: number) => new Date(begin + seconds * 1000);
const secret = (name: string, seconds = 0): KeptSecret => ({
  sealed: name,
  hint: name,
  created_at: at(seconds).toISOString(),
  expires_at: null,
});
const names = (secrets: readonly KeptSecret[]) => secrets.map(({ sealed }) => sealed);

it("signs with both secrets until the one before expires", () => {
  const rotated = rotateSecrets([secret("a")], secret("b", 10), at(10), 60);
  expect(names(liveSecrets(rotated, at(69)))).toEqual(["b", "a"]);
  expect(names(liveSecrets(rotated, at(70)))).toEqual(["b"]);
});

it("drops the one before at once where no overlap is wanted", () => {
  expect(names(rotateSecrets([secret("a")], secret("b"), at(10), 0))).toEqual(["b"]);
});

it("does not give a secret more time than it had", () => {
  const once = rotateSecrets([secret("a")], secret("b"), at(0), 60);
  const onlyOld = once.filter(({ sealed }) => sealed === "a");
  expect(rotateSecrets(onlyOld, secret("c"), at(30), 3600)[1]?.expires_at).toBe(at(60).toISOString());
});

it("has one or two live secrets whatever is done, the newest of them without an end", () => {
  const steps = fc.array(fc.record({ after: fc.nat(1000), overlap: fc.nat(2000) }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(steps, (rotations) => {
      let secrets: KeptSecret[] = [secret("0")];
      let seconds = 0;
      for (const [index, { after, overlap }] of rotations.entries()) {
        seconds += after;
        const newestBefore = liveSecrets(secrets, at(seconds))[0]?.sealed;
        secrets = rotateSecrets(secrets, secret(String(index + 1), seconds), at(seconds), overlap);
        const live = liveSecrets(secrets, at(seconds));
        expect(live.length).toBe(overlap === 0 ? 1 : 2);
        expect(live[0]).toMatchObject({ sealed: String(index + 1), expires_at: null });
        if (overlap > 0) expect(live[1]?.sealed).toBe(newestBefore);
      }
    }),
  );
});
