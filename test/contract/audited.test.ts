import { expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { auditedOf } from "../../src/contract/http/audited.ts";

function operationsOf(audited: string): string[] {
  return allRoutes
    .filter((route) => route.method !== "GET" && auditedOf(route) === audited)
    .map((route) => route.operationId)
    .sort();
}

it("audits every route that changes something, but for parts of an upload and hooks, whose deliveries are records", () => {
  const reads = allRoutes.filter((route) => route.access === "read").map((route) => route.operationId);
  const neverAudited = operationsOf("never").filter((operation) => !reads.includes(operation));
  expect(neverAudited.filter((operation) => operation !== "receiveHook")).toEqual(["sendPart"]);
});

it("leaves to the commit only what changes names", () => {
  expect(
    operationsOf("by_commit").filter((operation) => !/^(register|delete|deprecate|yank|restore|put)/.test(operation)),
  ).toEqual([]);
});

it("lets callers go on before the entry is written only where they make a record of its own", () => {
  expect(operationsOf("after_answer")).toEqual([
    "abandonUpload",
    "approveRun",
    "beginUpload",
    "cancelRun",
    "completeUpload",
    "createEntity",
    "createEntityVersion",
    "replayRun",
    "retryRun",
    "runFunction",
    "runTemplate",
    "runWorkflow",
    "sendFile",
    "signFile",
  ]);
});

it("does not audit what only reads", () => {
  for (const route of allRoutes.filter(({ method }) => method === "GET")) expect(auditedOf(route)).toBe("never");
});
