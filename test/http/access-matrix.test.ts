import { env } from "cloudflare:test";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { AccessScope } from "../../src/contract/access/scope.ts";
import { problem } from "../../src/contract/failure.ts";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import type { Access, Route } from "../../src/contract/http/route.ts";
import { aDocument, publish } from "./a-registry.ts";
import { aRun, plainInputs } from "./a-run.ts";
import { anAccessToken, aRevokedToken, askOf, withToken } from "./an-access-token.ts";

/** Every refused request is a line of the log; here there are thousands. */
const { warn } = console;
beforeAll(() => {
  console.warn = () => undefined;
});
afterAll(() => {
  console.warn = warn;
});

const registries: Record<string, Env> = {
  public: { ...env, PUBLIC_READS: "true", CALLSHEET_RUNNER_TOKEN: "a-runner-token" },
  private: { ...env, PUBLIC_READS: "false", CALLSHEET_RUNNER_TOKEN: "a-runner-token" },
};

/** Which scopes may use a route that declares one: told here once more, and not as the registry tells it. */
const mayUse: Record<Exclude<Access, "open">, AccessScope[]> = {
  read: ["read", "publish", "run", "admin"],
  publish: ["publish", "admin"],
  run: ["run", "admin"],
  runner: ["runner", "admin"],
  admin: ["admin"],
};

interface Sender {
  token: string | null;
  /** Null: nobody that the registry knows. */
  scopes: AccessScope[] | null;
  fits: "everything" | "these names" | "other names";
}

async function senders(): Promise<Record<string, Sender>> {
  const all: AccessScope[] = ["read", "publish", "run", "runner", "admin"];
  const some: AccessScope[] = ["read", "publish", "run"];
  const known = async (scopes: AccessScope[], fits: Sender["fits"] = "everything"): Promise<Sender> => {
    const names = { everything: ["*"], "these names": ["*/*matrix_inside*"], "other names": ["*/matrix_outside*"] }[
      fits
    ];
    return { token: (await anAccessToken({ scopes, names })).token, scopes, fits };
  };
  const nobody = (token: string | null): Sender => ({ token, scopes: null, fits: "everything" });
  return {
    "no token": nobody(null),
    "a wrong token": nobody("wrong"),
    "an unknown token of the right form": nobody(`cst_${"e".repeat(48)}`),
    "an expired token": nobody((await anAccessToken({ scopes: all, expiresAt: "2026-01-01T00:00:00Z" })).token),
    "a revoked token": nobody((await aRevokedToken(all)).token),
    ...Object.fromEntries(
      await Promise.all(all.map(async (scope) => [`scope ${scope}`, await known([scope])] as const)),
    ),
    "the admin's secret": { token: "test-admin-token", scopes: ["admin"], fits: "everything" },
    "the runners' secret": { token: "a-runner-token", scopes: ["runner"], fits: "everything" },
    "names that fit": await known(some, "these names"),
    "names that do not fit": await known(some, "other names"),
  };
}

/** Things called `matrix_inside…`, and ids of what there is of them. */
async function paths(): Promise<(route: Route) => string> {
  await publish(aDocument("matrix_inside_run", { execution: { runtime: "runner" }, inputs: plainInputs }));
  const run = await aRun("matrix_inside_run");
  return ({ path }) => {
    const name = path.startsWith("/v1/functions/") ? "python.matrix_inside" : "matrix_inside";
    return path
      .replace(/\{(name|reference)\}/, name)
      .replace("{skill}", "matrix_skill")
      .replace("{version}", "1.0.0")
      .replace("{run_id}", run.id)
      .replace("{entity_id}", run.input_entity);
  };
}

const made = Promise.all([senders(), paths()]);

function isOfOneName({ path }: Route): boolean {
  return /^\/v1\/(templates|functions|workflows|agents)\/\{|\{run_id\}|\{entity_id\}/.test(path);
}

/** What a route must say: null where the gate lets it pass. */
function expectedOf(route: Route, { token, scopes, fits }: Sender, isPublic: boolean): 401 | 403 | null {
  if (route.access === "open") return route.refusesWrongTokens && token !== null && scopes === null ? 401 : null;
  if (route.access === "read" && isPublic) return null;
  if (scopes === null) return 401;
  if (!scopes.some((scope) => route.access !== "open" && mayUse[route.access].includes(scope))) return 403;
  if (fits === "everything") return null;
  // What a source was sent is of any names; who has some may not see it.
  if (route.path.startsWith("/v1/webhook-sources/")) return 403;
  return isOfOneName(route) && fits === "other names" ? 403 : null;
}

it.each(allRoutes.map((route) => [route.method, route.path, route] as const))(
  "lets exactly those use %s %s who may",
  async (method, _path, route) => {
    const [all, pathOf] = await made;
    for (const [kind, registry] of Object.entries(registries)) {
      for (const [who, sender] of Object.entries(all)) {
        // No route takes this parameter: those that read parameters at all refuse it once the gate is passed, and do nothing.
        const path = `${pathOf(route)}?nonsense=1`;
        const response = await askOf(registry, method, path, withToken(sender.token));
        const cell = `${method} ${path} for ${who} at a ${kind} registry`;
        const expected = expectedOf(route, sender, kind === "public");
        if (expected === null) {
          await expectPassed(response, cell);
          continue;
        }
        expect(response.status, cell).toBe(expected);
        const told = problem.parse(await response.json());
        expect(told.code, cell).toBe(expected === 401 ? "UNAUTHENTICATED" : "FORBIDDEN");
        expect(response.headers.has("www-authenticate"), cell).toBe(expected === 401);
      }
    }
  },
);

/** Past the gate a request may be refused for all that is wrong with it; a hook that its source has not signed is, too. */
async function expectPassed(response: Response, cell: string): Promise<void> {
  expect(response.status, cell).not.toBe(403);
  expect(response.status, cell).toBeLessThan(500);
  if (response.status !== 401) return void (await response.body?.cancel());
  expect(problem.parse(await response.json()).code, cell).toBe("SIGNATURE_INVALID");
}

it("looks at routes of every access, and at those of one name and of none", () => {
  expect(new Set(allRoutes.map((route) => route.access))).toEqual(new Set([...Object.keys(mayUse), "open"]));
  expect(allRoutes.filter(isOfOneName).length).toBeGreaterThan(60);
  for (const route of allRoutes) expect(route.path.includes("{") || !isOfOneName(route)).toBe(true);
});
