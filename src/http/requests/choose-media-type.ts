import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

type Written = "application/json" | "application/yaml";

const yamlTypes = ["application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml"];
const wildcards = ["application/*", "*/*"];

/** JSON unless YAML is asked for more strongly (RFC 9110 section 12.5.1). */
export function chooseMediaType(accept: string | null): Result<Written, Failure> {
  if (accept === null || accept === "*/*" || accept === "application/json") return success("application/json");
  const wishes = accept.split(",").map(readWish);
  const weightOf = (types: readonly string[]) =>
    Math.max(0, ...wishes.filter((wish) => types.includes(wish.type)).map((wish) => wish.weight));
  const yaml = weightOf(yamlTypes);
  const namesJson = wishes.some((wish) => wish.type === "application/json");
  // What is named outweighs a wildcard; and a wildcard is no wish for JSON in particular: naming YAML beside it asks for YAML.
  const json = namesJson ? weightOf(["application/json"]) : yaml === 0 ? weightOf(wildcards) : 0;
  if (json === 0 && yaml === 0) {
    return refusal({
      code: "NOT_ACCEPTABLE",
      message: `Accept is "${accept.slice(0, 80)}"; this route writes application/json and application/yaml`,
    });
  }
  return success(yaml > json ? "application/yaml" : "application/json");
}

function readWish(text: string): { type: string; weight: number } {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { type, weight: Number.isFinite(weight) ? weight : 0 };
}
