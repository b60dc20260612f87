import { expect, it } from "vitest";
import { allRoutes } from "../../../src/contract/http/all-routes.ts";
import { subjectsOf } from "../../../src/domain/access/subjects-of.ts";

const params = {
  name: "blur",
  reference: "blur@^1",
  run_id: "a-run",
  entity_id: "an-entity",
  skill: "blur",
  source: "a-source",
  runner_id: "a-runner",
};

/** What the routes that take such a part are about. */
function subjectsByPath(): Map<string, string> {
  return new Map(
    allRoutes.map((route) => {
      const given = Object.entries(params).filter(([name]) => route.path.includes(`{${name}}`));
      const subjects = subjectsOf(route, Object.fromEntries(given), { to: "another-entity" });
      const told = subjects.map((one) => (one.of === "name" ? one.name : "id" in one ? `${one.of} ${one.id}` : one.of));
      return [`${route.method} ${route.path}`, told.join(", ")];
    }),
  );
}

it("knows the name of every route that has one in its path", () => {
  const found = subjectsByPath();
  for (const [route, told] of found) {
    const collection = /\/v1\/(templates|functions|workflows|agents)\/\{/.exec(route)?.[1];
    if (collection !== undefined) expect(told, route).toBe(`${collection}/blur`);
    else if (route.includes("{run_id}")) expect(told, route).toBe("run a-run");
    else if (route.includes("{entity_id}")) expect(told, route).toBe("entity an-entity, entity another-entity");
    else if (!route.includes("/webhook-sources/")) expect(told, route).toBe("");
  }
  expect(found.get("GET /v1/templates/{reference}")).toBe("templates/blur");
  expect(found.get("PUT /v1/agents/{name}/tags/{tag}")).toBe("agents/blur");
});

it("takes what a source was sent for every name", () => {
  const route = { path: "/v1/webhook-sources/{source}/deliveries", access: "publish" } as const;
  expect(subjectsOf(route, { source: "main" }, {})).toEqual([{ of: "every name" }]);
});
