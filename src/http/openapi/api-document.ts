import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { type FailureCode, failureStatus, problem } from "../../contract/failure.ts";
import { allRoutes } from "../../contract/http/all-routes.ts";
import { headers } from "../../contract/http/headers.ts";
import type { Route } from "../../contract/http/route.ts";

/** The API as OpenAPI 3.1, made of the schemas that check the requests; templates are added by who serves it. */
export function apiDocument(release: string): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of allRoutes) {
    const item = paths[route.path] ?? {};
    paths[route.path] = { ...item, [route.method.toLowerCase()]: operationOf(route) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Callsheet",
      version: release,
      description:
        "An edge registry and control plane for callable AI work. Every failure is RFC 9457 problem details with a stable `code` and all `issues` found.",
    },
    servers: [{ url: "/" }],
    tags: [...new Set(allRoutes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
  });
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const requestParams = {
    ...(route.params === undefined ? {} : { path: route.params }),
    ...(route.query === undefined ? {} : { query: route.query }),
  };
  return {
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    ...(Object.keys(requestParams).length === 0 ? {} : { requestParams }),
    ...(route.body === undefined ? {} : { requestBody: requestBodyOf(route.body) }),
    // Any route's caller may ask too often, and any route may take too long.
    responses: { ...answersOf(route), ...failuresOf([...new Set([...route.failures, ...anywhere])]) },
    ...(route.access === "read" || route.access === "open" ? {} : { security: [{ bearer: [] }] }),
  };
}

const anywhere = ["RATE_LIMITED", "TIMED_OUT"] as const;

function requestBodyOf(body: NonNullable<Route["body"]>): NonNullable<ZodOpenApiOperationObject["requestBody"]> {
  return {
    required: body.as !== "json" || body.isOptional !== true,
    content: contentOf(body),
  };
}

function contentOf(body: NonNullable<Route["body"]>): NonNullable<ZodOpenApiOperationObject["requestBody"]>["content"] {
  switch (body.as) {
    case "json":
      return { "application/json": { schema: body.schema } };
    case "run":
      return {
        "application/json": { schema: body.schema },
        "multipart/form-data": { schema: { type: "object", required: ["request"], properties: multipartParts } },
      };
    case "bytes":
      return { "application/octet-stream": { schema: { type: "string", format: "binary" } } };
    case "document":
      return Object.fromEntries(body.mediaTypes.map((mediaType) => [mediaType, { schema: body.schema }]));
  }
}

const multipartParts = {
  request: { type: "string" as const, description: "JSON, as for application/json; file inputs may be left out" },
};

function answersOf(route: Route): ZodOpenApiOperationObject["responses"] {
  const told = {
    [headers.seq]: {
      description: "The announcement up to which the answer is true",
      schema: { type: "integer" as const },
    },
  };
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => [
      status,
      {
        description: answer.description,
        headers: told,
        ...(answer.schema === undefined
          ? {}
          : { content: { [answer.mediaType ?? "application/json"]: { schema: answer.schema } } }),
      },
    ]),
  );
}

/** Codes that share a status share a response. */
function failuresOf(codes: readonly FailureCode[]): ZodOpenApiOperationObject["responses"] {
  const byStatus = new Map<number, FailureCode[]>();
  for (const code of codes) {
    const { status } = failureStatus[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, shared]) => [
      String(status),
      {
        description: shared.map((code) => `\`${code}\`: ${failureStatus[code].title}`).join("; "),
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  );
}
