import fc from "fast-check";
import { expect, it } from "vitest";
import { repositoryName } from "../../../src/contract/oci/name.ts";
import { parseScopes, writeScope } from "../../../src/domain/oci/access-scope.ts";

const name = fc.stringMatching(/^[a-z0-9]{1,5}([._/-][a-z0-9]{1,5}){0,4}$/);
const actions = fc.subarray(["pull", "push", "delete"]);

it("reads what it writes", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(name, actions), { maxLength: 50 }), (wanted) => {
      const texts = wanted.map(([repository, asked]) => `repository:${repository}:${asked.join(",")}`);
      const parsed = parseScopes(texts);
      expect(parsed.ok && parsed.value.map(writeScope)).toEqual(texts);
    }),
  );
});

it("answers every text with scopes of legal repositories or with a refusal that is told", () => {
  const part = fc.oneof(fc.string(), fc.constantFrom("repository", "registry", "catalog", ":", "*", "pull,push", " "));
  fc.assert(
    fc.property(
      fc.array(
        fc.array(part).map((parts) => parts.join("")),
        { maxLength: 60 },
      ),
      (texts) => {
        const parsed = parseScopes(texts);
        if (!parsed.ok) {
          expect(["UNSUPPORTED", "NAME_INVALID"]).toContain(parsed.failure.code);
          expect(parsed.failure.message.length).toBeLessThan(500);
          return;
        }
        for (const scope of parsed.value) {
          if (scope.type === "repository") expect(repositoryName.safeParse(scope.repository).success).toBe(true);
        }
      },
    ),
  );
});
