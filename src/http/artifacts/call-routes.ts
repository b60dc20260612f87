import type { Hono } from "hono";
import { isAbstract } from "../../contract/artifact/callable.ts";
import type { Failure } from "../../contract/failure.ts";
import type { CallableRoutes } from "../../contract/http/artifact-routes.ts";
import type { Collection } from "../../contract/http/collection.ts";
import type { ComparisonAnswer } from "../../contract/template/comparison-answer.ts";
import type { SchemaAnswer } from "../../contract/template/schema-answer.ts";
import { type Result, success } from "../../domain/result.ts";
import { compareCallables } from "../../domain/template/compare/compare-callables.ts";
import { inputsJsonSchema, outputsJsonSchema } from "../../domain/template/describe/json-schema.ts";
import { openApiDocumentOf } from "../../domain/template/describe/openapi-document.ts";
import { abstractRefusal } from "../../operations/artifact/abstract-refusal.ts";
import { validateInputs } from "../../operations/artifact/validate-inputs.ts";
import { type FoundDocument, findDocument } from "../../operations/lookup/find-document.ts";
import { callableOf } from "../../operations/registration/read-callable.ts";
import { answerJson } from "../answers/answer-json.ts";
import { provenanceHeaders } from "../answers/answer-lookup.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { readReference } from "../requests/artifact-reference.ts";
import { readMinSeq } from "../requests/min-seq.ts";

/** What is asked of an interface: comparison, schema, OpenAPI, checks of inputs. */
export function bindCallRoutes(app: Hono<AppEnv>, routes: CallableRoutes): void {
  const { kind } = routes.of;

  bindRoute(app, routes.compare, async ({ params, query, request, needs }) => {
    const from = await find(needs, routes.of, request, `${params.name}@${query.from}`);
    if (!from.ok) return from;
    const to = await find(
      needs,
      routes.of,
      request,
      query.to === undefined ? params.name : `${params.name}@${query.to}`,
    );
    if (!to.ok) return to;
    const answer: ComparisonAnswer = {
      name: params.name,
      from_version: from.value.entry.version,
      to_version: to.value.entry.version,
      ...compareCallables(callableOf(from.value.published.document), callableOf(to.value.published.document)),
    };
    return success(answerJson(answer, needs.requestId, 200, provenanceHeaders(to.value)));
  });

  bindRoute(app, routes.schema, async ({ params, request, needs }) => {
    const found = await find(needs, routes.of, request, params.reference);
    if (!found.ok) return found;
    const { name, version, digest, document } = found.value.published;
    const callable = callableOf(document);
    const answer: SchemaAnswer = {
      name,
      version,
      digest,
      inputs: inputsJsonSchema(callable),
      outputs: outputsJsonSchema(callable),
    };
    return success(answerJson(answer, needs.requestId, 200, provenanceHeaders(found.value)));
  });

  bindRoute(app, routes.openapi, async ({ params, request, needs }) => {
    const found = await find(needs, routes.of, request, params.reference);
    if (!found.ok) return found;
    const { name, version, document } = found.value.published;
    const callable = callableOf(document);
    if (isAbstract(callable)) return abstractRefusal(name, version);
    const answer = openApiDocumentOf({ kind, name, version, callable });
    return success(answerJson(answer, needs.requestId, 200, provenanceHeaders(found.value)));
  });

  bindRoute(app, routes.validate, async ({ params, body, request, needs }) => {
    const found = await find(needs, routes.of, request, params.reference);
    if (!found.ok) return found;
    const validated = validateInputs(found.value, body.inputs);
    if (!validated.ok) return validated;
    return success(answerJson(validated.value, needs.requestId, 200, provenanceHeaders(found.value)));
  });
}

async function find(
  needs: Needs,
  of: Collection,
  request: Request,
  text: string,
): Promise<Result<FoundDocument, Failure>> {
  const reference = readReference(of, text, undefined);
  if (!reference.ok) return reference;
  const minSeq = readMinSeq(request);
  if (!minSeq.ok) return minSeq;
  return findDocument(needs.lookUp, { kind: of.kind, ...reference.value, minSeq: minSeq.value });
}
