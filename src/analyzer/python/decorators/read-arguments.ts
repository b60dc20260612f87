import type { AnalysedFunction } from "../../../contract/function/analysis.ts";
import { execution } from "../../../contract/template/document.ts";
import { resources } from "../../../contract/template/requirements.ts";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import type { JsonMap, JsonValue } from "../../../domain/document/json-value.ts";
import { checkShape } from "../../../domain/template/check-shape.ts";
import type { Finding, Span } from "../../finding.ts";
import { runtimeResources } from "../../runtime-resources.ts";
import { findingOf } from "../finding-of.ts";
import { literalValue } from "./literal-value.ts";
import type { OwnDecorator } from "./resolve-decorators.ts";

/** What a decorator's arguments say: what a run needs, and how it is done. */
export interface DecoratorSettings {
  resources: AnalysedFunction["resources"];
  execution: AnalysedFunction["execution"];
  findings: Finding[];
}

const functionExecution = execution.pick({
  pool: true,
  timeout_seconds: true,
  max_attempts: true,
  runner_labels: true,
});
const known = { ...resources.shape, ...functionExecution.shape };
const names = Object.keys(known);
/** Of the decorators of openhcs; they say nothing here. */
const ignored = ["input_type", "output_type", "oom_recovery", "contract", "func"];

/** Reads the arguments of one of our decorators over what its runtime needs by itself. */
export function readArguments(code: string, { runtime, call, span }: OwnDecorator, path: string): DecoratorSettings {
  const findings: Finding[] = [];
  const given: JsonMap = {};
  const places = new Map<string, Span>();
  const refuse = (code: string, at: Span, message: string, suggestion: string | null = null) => {
    findings.push(findingOf("error", "decorator", code, at, message, suggestion, path));
  };
  const warn = (code: string, at: Span, message: string, suggestion: string) => {
    findings.push(findingOf("warning", "decorator", code, at, message, suggestion, path));
  };

  for (const argument of call?.args ?? []) {
    refuse(
      "decorator_argument",
      argument,
      `@${runtime} takes its arguments by name`,
      "write name=value, like gpu=True",
    );
  }
  for (const { name, value } of call?.keywords ?? []) {
    const literal = literalValue(value);
    if (name === null) {
      refuse("decorator_argument", value, `@${runtime} takes no **: its arguments are read without running the file`);
    } else if ((name === "input_type" || name === "output_type") && literal !== runtime) {
      refuse(
        "decorator_argument",
        value,
        `${name} is not ${runtime}: a function gives back the memory type that it takes`,
      );
    } else if (ignored.includes(name)) {
      warn(
        "ignored_argument",
        nameBefore(code, name, value),
        `${name} is an argument of openhcs and says nothing here`,
        "it can be left out",
      );
    } else if (!names.includes(name)) {
      const meant = didYouMean(name, names);
      const suggestion = meant === null ? `it takes ${names.join(", ")}` : `did you mean ${meant}?`;
      refuse(
        "unknown_decorator_argument",
        nameBefore(code, name, value),
        `@${runtime} has no argument ${name}`,
        suggestion,
      );
    } else if (literal === undefined) {
      const message = `${name} is no literal: the arguments of a decorator are read without running the file`;
      refuse("decorator_argument", value, message, "write the value itself");
    } else {
      const [first] = checkShape(shapeOf(name), literal, "");
      if (first === undefined) {
        given[name] = literal;
        places.set(name, value);
      } else refuse("decorator_argument", value, `${name}: ${first.message}`, sayInPython(first.suggestion, literal));
    }
  }

  const merged = { ...runtimeResources[runtime], ...pick(given, Object.keys(resources.shape)) };
  const { gpu, vram_gb } = merged;
  if (gpu === true && (vram_gb === undefined || vram_gb === 0)) {
    const message = `gpu=True asks for a GPU, and vram_gb is ${vram_gb === 0 ? "0" : "not given"}`;
    refuse(
      "gpu_without_vram",
      places.get("vram_gb") ?? places.get("gpu") ?? span,
      message,
      "say how much graphics memory a run needs: vram_gb=4",
    );
  } else if (gpu === false && runtimeResources[runtime].gpu) {
    refuse(
      "decorator_argument",
      places.get("gpu") ?? span,
      `gpu=False: ${runtime} runs on a GPU only`,
      "leave gpu out",
    );
  } else if (gpu === false && typeof vram_gb === "number" && vram_gb > 0) {
    const message = `vram_gb=${vram_gb} is asked for without gpu=True, so no GPU is kept for a run`;
    warn("vram_without_gpu", places.get("vram_gb") ?? span, message, "add gpu=True, or leave vram_gb out");
  }
  return {
    resources: resources.safeParse(merged).data ?? runtimeResources[runtime],
    execution: functionExecution.safeParse(pick(given, Object.keys(functionExecution.shape))).data ?? {},
    findings,
  };
}

/** A keyword's name, where it is written as usual: `name=value`. */
function nameBefore(code: string, name: string, value: Span): Span {
  const from = value.from - name.length - 1;
  return code.slice(from, value.from) === `${name}=` ? { from, to: from + name.length } : value;
}

function shapeOf(name: string): (typeof known)[keyof typeof known] {
  const key = Object.keys(known).find((one): one is keyof typeof known => one === name);
  return known[key ?? "gpu"];
}

function pick(values: JsonMap, keys: readonly string[]): JsonMap {
  return Object.fromEntries(Object.entries(values).filter(([key]) => keys.includes(key)));
}

/** Our schemas speak of documents; here a Python literal is meant. */
function sayInPython(suggestion: string | null, value: JsonValue): string | null {
  if (typeof value === "number" && suggestion?.includes("quotes") === true) return `write it in quotes: "${value}"`;
  return suggestion;
}
