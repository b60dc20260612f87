import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import { sourceMediaTypes } from "../../contract/function/runtime.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** The document as JSON, or the source as its author sent it. */
type Written = "document" | "source";

const yamlTypes = ["application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml"];
const codeTypes = [...Object.values(sourceMediaTypes), "application/javascript", "text/plain", "text/*"];
const sourceTypes = { template: yamlTypes, function: codeTypes, workflow: yamlTypes, agent: yamlTypes } as const;
const wildcards = ["application/*", "*/*"];

/** JSON unless the source's media type is asked for more strongly (RFC 9110 section 12.5.1). */
export function chooseMediaType(kind: ArtifactKind, accept: string | null): Result<Written, Failure> {
  if (accept === null || accept === "*/*" || accept === "application/json") return success("document");
  const wishes = accept.split(",").map(readWish);
  const weightOf = (types: readonly string[]) =>
    Math.max(0, ...wishes.filter((wish) => types.includes(wish.type)).map((wish) => wish.weight));
  const source = weightOf(sourceTypes[kind]);
  const namesJson = wishes.some((wish) => wish.type === "application/json");
  // What is named outweighs a wildcard; and a wildcard is no wish for JSON in particular: naming the source's type beside it asks for that.
  const json = namesJson ? weightOf(["application/json"]) : source === 0 ? weightOf(wildcards) : 0;
  if (json === 0 && source === 0) {
    const written = ["application/json", sourceTypes[kind][0]].join(" and ");
    return refusal({
      code: "NOT_ACCEPTABLE",
      message: `Accept is "${accept.slice(0, 80)}"; this route writes ${written}`,
    });
  }
  return success(source > json ? "source" : "document");
}

function readWish(text: string): { type: string; weight: number } {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { type, weight: Number.isFinite(weight) ? weight : 0 };
}
