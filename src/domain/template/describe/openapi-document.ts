import { z } from "zod";
import { problem } from "../../../contract/failure.ts";
import { issue } from "../../../contract/issue.ts";
import type { JsonSchema } from "./json-schema.ts";
import { openApiItem, type PublishedCallable } from "./openapi-item.ts";

/** A self-contained OpenAPI 3.1 document of one template or function. `serverUrl` is where the registry answers, like `https://registry.example`. */
export function openApiDocumentOf(published: PublishedCallable, serverUrl?: string): JsonSchema {
  const { path, item } = openApiItem(published);
  const { callable, version } = published;
  return {
    openapi: "3.1.1",
    info: {
      title: callable.name,
      version,
      ...(callable.description === undefined ? {} : { description: callable.description }),
    },
    ...(serverUrl === undefined ? {} : { servers: [{ url: serverUrl }] }),
    paths: { [path]: item },
    components: { schemas: problemSchemas() },
  };
}

/** The components that refusals refer to, made of the contract. */
function problemSchemas(): JsonSchema {
  const named = z.registry<{ id: string }>();
  named.add(problem, { id: "Problem" });
  named.add(issue, { id: "Issue" });
  const { schemas } = z.toJSONSchema(named, { io: "output", uri: (id) => `#/components/schemas/${id}` });
  // A component's place is its name; `$id` and `$schema` would start a document of its own inside this one.
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id: _id, $schema: _schema, ...schema }]) => [id, schema]),
  );
}
