import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { ociErrors } from "../../src/contract/oci/failure.ts";
import { refusalOf } from "../http/a-registry.ts";
import { anAccessToken, askOf } from "../http/an-access-token.ts";

const limited = { ...env, RATE_LIMITS: "on" };
const unknown = `cst_${"c".repeat(48)}`;
const from = (address: string, token: string) => ({
  headers: { Authorization: `Bearer ${token}`, "CF-Connecting-IP": address },
});

it("makes an address that guesses wait, and nobody else, nor a good token from there", async () => {
  const { token } = await anAccessToken({ scopes: ["run"] });
  const statuses = new Set<number>();
  let last = await askOf(limited, "GET", "/v1/runs", from("192.0.2.77", unknown));
  for (let n = 0; n < 200 && last.status === 401; n++) {
    statuses.add(last.status);
    last = await askOf(limited, "GET", "/v1/runs", from("192.0.2.77", unknown));
  }
  expect(last.headers.get("retry-after")).toBe("60");
  expect((await refusalOf(last, 429)).code).toBe("RATE_LIMITED");
  expect([...statuses]).toEqual([401]);
  const atOci = await askOf(limited, "POST", "/v2/wrong-tokens/a/blobs/uploads/", from("192.0.2.77", unknown));
  expect(atOci.status).toBe(429);
  expect(atOci.headers.get("retry-after")).toBe("60");
  expect(ociErrors.parse(await atOci.json()).errors[0]?.code).toBe("TOOMANYREQUESTS");

  expect((await askOf(limited, "GET", "/v1/runs", from("192.0.2.77", token))).status).toBe(200);
  await refusalOf(await askOf(limited, "GET", "/v1/runs", from("192.0.2.78", unknown)), 401);
  await refusalOf(await askOf(env, "GET", "/v1/runs", from("192.0.2.77", unknown)), 401);
});
