import fc from "fast-check";
import { expect, it } from "vitest";
import { subscriptionId } from "../../src/contract/subscription/subscription.ts";
import { ask, askJson } from "./a-registry.ts";
import { anInbox, aSubscription } from "./a-subscription.ts";

const soundly = [200, 201, 202, 400, 404, 409, 413, 415];

const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.string().map((text) => `https://${text}`),
  fc.ipV6().map((ip) => `https://[${ip}]/`),
  fc.constantFrom(
    "http:",
    "https://",
    "https://a:b@c",
    "https://xn--/",
    "https://1.2.3",
    "https://%00/",
    "https://[::",
    "",
  ),
  fc.string(),
);
const anything = fc.jsonValue();
const request = fc.record(
  {
    url: fc.oneof(address, anything),
    description: fc.oneof(fc.string({ unit: "binary", maxLength: 600 }), anything),
    events: fc.oneof(fc.array(fc.constantFrom("version.published", "tag.moved", "nothing")), anything),
    names: fc.oneof(fc.array(fc.stringMatching(/^[a-z*/]{1,9}$/)), anything),
    redirects: fc.oneof(fc.constantFrom("follow", "refuse"), anything),
    secret: fc.oneof(fc.stringMatching(/^whsec_[A-Za-z0-9+/]{30,90}={0,3}$/), anything),
    overlap_seconds: fc.oneof(fc.integer(), anything),
  },
  { requiredKeys: [] },
);

it("answers any request for a subscription soundly", async () => {
  await fc.assert(
    fc.asyncProperty(request, async (body) => {
      const response = await askJson("POST", "/v1/subscriptions", body);
      const text = await response.text();
      expect(soundly, text).toContain(response.status);
      if (response.status !== 201) return;
      const { id } = JSON.parse(text);
      expect(subscriptionId.safeParse(id).success).toBe(true);
      expect((await ask("DELETE", `/v1/subscriptions/${id}`)).status).toBe(200);
    }),
    { numRuns: 150 },
  );
});

it("answers any change of a subscription soundly", async () => {
  const { id } = await aSubscription(anInbox(), { names: ["templates/none_of_this_name"] });
  const asked = fc.constantFrom(["PUT", ""], ["POST", ":rotate"], ["POST", ":pause"], ["POST", ":resume"] as const);
  await fc.assert(
    fc.asyncProperty(asked, request, async ([method = "", verb = ""], body) => {
      const response = await askJson(method, `/v1/subscriptions/${id}${verb}`, { ...body, names: ["templates/none"] });
      expect(soundly, await response.text()).toContain(response.status);
    }),
    { numRuns: 150 },
  );
});

it("answers any id and any cursor soundly", async () => {
  const { id } = await aSubscription(anInbox(), { names: ["templates/none_of_this_name"] });
  const word = fc
    .string({ unit: "binary", minLength: 1, maxLength: 60 })
    .map((text) => encodeURIComponent(text.toWellFormed()));
  const sound = fc.string({ unit: "binary" }).map((text) => text.toWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.stringMatching(/^(evt|ping)_[0-9a-f]{1,32}$/), word), sound, async (given, cursor) => {
      const paths = [
        ["GET", `/v1/subscriptions/${given}`],
        ["POST", `/v1/subscriptions/${id}/deliveries/${given}:resend`],
        ["GET", `/v1/subscriptions/${id}/deliveries?cursor=${encodeURIComponent(cursor)}`],
      ] as const;
      for (const [method, path] of paths) {
        const response = await ask(method, path);
        expect([...soundly, 405], await response.text()).toContain(response.status);
      }
    }),
    { numRuns: 100 },
  );
});
