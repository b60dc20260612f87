import { expect, test } from "vitest";
import type { KeySet } from "../../../src/contract/access/issuer-answer.ts";
import type { Failure } from "../../../src/contract/failure.ts";
import { limits } from "../../../src/contract/limits.ts";
import { type Result, refusal, success } from "../../../src/domain/result.ts";
import { KeyMemory } from "../../../src/operations/access/key-memory.ts";

/** An issuer whose answers a test decides. */
class Issuer {
  reads = 0;
  answer: Result<KeySet, Failure> = success({ keys: [] });
  readonly #memory = new KeyMemory();

  publish(...kids: string[]): void {
    this.answer = success({ keys: kids.map((kid) => ({ kty: "RSA", kid })) });
  }

  goAway(): void {
    this.answer = refusal({ code: "UNAVAILABLE", message: "the issuer is away" });
  }

  async keysAt(seconds: number, kid: string): Promise<string[] | string> {
    const found = await this.#memory.keysOf("https://issuer.example", kid, seconds * 1000, async () => {
      this.reads += 1;
      return this.answer;
    });
    return found.ok ? found.value.keys.map((key) => key.kid ?? "") : found.failure.code;
  }
}

test("keys are read once, and again when they are old", async () => {
  const issuer = new Issuer();
  issuer.publish("a");
  expect(await issuer.keysAt(100, "a")).toEqual(["a"]);
  expect(await issuer.keysAt(100 + limits.issuerKeysSeconds - 1, "a")).toEqual(["a"]);
  expect(issuer.reads).toBe(1);
  issuer.publish("a", "b");
  expect(await issuer.keysAt(100 + limits.issuerKeysSeconds, "a")).toEqual(["a", "b"]);
  expect(issuer.reads).toBe(2);
});

test("a key that is not known is looked for at once, but not without end", async () => {
  const issuer = new Issuer();
  issuer.publish("a");
  await issuer.keysAt(100, "a");
  issuer.publish("b");
  expect(await issuer.keysAt(101, "b")).toEqual(["b"]);
  for (let time = 0; time < 50; time++) expect(await issuer.keysAt(102, `forged-${time}`)).toEqual(["b"]);
  expect(issuer.reads).toBe(limits.issuerReadsPerMinute);
  expect(await issuer.keysAt(103, "b")).toEqual(["b"]);
  issuer.publish("c");
  expect(await issuer.keysAt(163, "c")).toEqual(["c"]);
});

test("an issuer that is away is not asked without end either, and its keys are good for a day", async () => {
  const issuer = new Issuer();
  issuer.goAway();
  for (let time = 0; time < 20; time++) expect(await issuer.keysAt(100, "a")).toBe("UNAVAILABLE");
  expect(issuer.reads).toBe(limits.issuerReadsPerMinute);

  issuer.publish("a");
  expect(await issuer.keysAt(200, "a")).toEqual(["a"]);
  issuer.goAway();
  expect(await issuer.keysAt(200 + limits.issuerKeysSeconds, "a")).toEqual(["a"]);
  expect(await issuer.keysAt(200 + limits.issuerKeysKeptSeconds - 1, "a")).toEqual(["a"]);
  expect(await issuer.keysAt(200 + limits.issuerKeysKeptSeconds, "a")).toBe("UNAVAILABLE");
});
