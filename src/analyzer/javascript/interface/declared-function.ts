import type { TSFunctionType, TSType } from "@babel/types";
import { lookUpType } from "../types/lookup-type.ts";
import { type Type, type TypeReading, written } from "../types/type-reading.ts";

/** The function type that is written for a name, `const f: (inputs: Inputs) => Output = …`, also by an alias. */
export function declaredFunction(reading: TypeReading, node: TSType | null): TSFunctionType | null {
  let type: Type | null = node === null ? null : written(node);
  for (let step = 0; step < longestChain && type?.kind === "written"; step += 1) {
    const at: TSType = type.node;
    if (at.type === "TSFunctionType") return at;
    if (at.type === "TSParenthesizedType") type = written(at.typeAnnotation);
    else if (at.type === "TSTypeReference") {
      const named = lookUpType(reading, type, at);
      type = named?.kind === "type" ? named.type : null;
    } else return null;
  }
  return null;
}

const longestChain = 16;
