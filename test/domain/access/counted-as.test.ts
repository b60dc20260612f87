import fc from "fast-check";
import { expect, test } from "vitest";
import { addressKey } from "../../../src/domain/access/address-key.ts";
import { anonymous, type Caller, ownCaller } from "../../../src/domain/access/caller.ts";
import { countedAs } from "../../../src/domain/access/counted-as.ts";

const address = "203.0.113.7";
const token: Caller = { ...anonymous, name: "ci", tokenId: "tok_0123456789abcdef", rateClass: "high" };

test("a token is counted by its class and its own key, wherever it comes from", () => {
  const counted = { rate: "high", key: token.tokenId };
  expect(countedAs(token, address)).toEqual(counted);
  expect(countedAs(token, null)).toEqual(counted);
});

test("a person whom Cloudflare Access names is counted by name", () => {
  const person: Caller = { ...token, name: "ada@example.com", tokenId: null, rateClass: "standard" };
  expect(countedAs(person, address)).toEqual({ rate: "standard", key: "identity:ada@example.com" });
});

test("who came without a token, or was refused, is counted by address; where none is known, not at all", () => {
  for (const caller of [anonymous, null]) {
    expect(countedAs(caller, address)).toEqual({ rate: "address", key: address });
    expect(countedAs(caller, null)).toBeNull();
  }
});

test("whom the configuration names is not counted, nor who has a signed address", () => {
  for (const name of ["admin", "runner", "signed:sha256:0"]) {
    expect(countedAs(ownCaller(name, ["admin"]), address)).toBeNull();
  }
});

test.each([
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["203.0.113.7", "203.0.113.7"],
])("%s is counted as %s", (given, key) => {
  expect(addressKey(given)).toBe(key);
});

test("all addresses of one network of 64 bits are counted together, and no other's with them", () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(
      fc.tuple(group, group, group, group),
      fc.tuple(group, group, group, group),
      group,
      (net, host, other) => {
        const text = (groups: number[]) => groups.map((one) => one.toString(16)).join(":");
        const key = addressKey(text([...net, ...host]));
        expect(addressKey(text([...net, 1, 2, 3, 4]))).toBe(key);
        const [first = 0, ...rest] = net;
        fc.pre(other !== first);
        expect(addressKey(text([other, ...rest, ...host]))).not.toBe(key);
      },
    ),
  );
});
