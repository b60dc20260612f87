import { functionName } from "../../../contract/function/name.ts";
import { arrayRuntimes } from "../../../contract/function/runtime.ts";
import { limits } from "../../../contract/limits.ts";
import { fieldName } from "../../../contract/template/field.ts";
import type { Finding, Span } from "../../finding.ts";
import { snakeName } from "../../snake-name.ts";
import { type ChosenFunction, findUnhinted, missingHint } from "../decorators/choose-functions.ts";
import { findingOf } from "../finding-of.ts";

/** Whether a function can be called as its runtime calls it: its name, its first parameter, its hints. */
export function checkSignature({ fn, runtime, decorator }: ChosenFunction, yields: Span | null): Finding[] {
  const path = `/functions/${fn.name}`;
  const findings: Finding[] = [];
  const say = (
    severity: Finding["severity"],
    code: string,
    at: Span,
    message: string,
    suggestion: string | null,
    to = path,
  ) => {
    findings.push(findingOf(severity, "signature", code, at, message, suggestion, to));
  };
  const id = idOf(fn.name, runtime);
  if (!functionName.safeParse(id).success || !fieldName.safeParse(fn.name).success) {
    const better = legalName(fn.name);
    const suggestion = better === null ? "rename it" : `rename it ${better}`;
    const rule = "a name is a-z and 0-9 with single _ between them, 64 characters at most; capitals become _";
    say(
      "error",
      "illegal_name",
      fn.nameSpan,
      `${fn.name} would be published as ${id}, which is no legal name: ${rule}`,
      suggestion,
    );
  }
  if (fn.parameters.length > limits.parametersPerFunction) {
    const message = `${fn.name} has ${fn.parameters.length} parameters; at most ${limits.parametersPerFunction} are taken`;
    say("error", "too_many_parameters", fn.nameSpan, message, "take several values as one dataclass");
  }
  if (arrayRuntimes.some((one) => one === runtime)) findings.push(...checkFirst(fn, path));
  else if (decorator !== null) findings.push(...findUnhinted(fn).map((place) => missingHint(fn, place, "error")));
  for (const { kind, name, span } of fn.parameters) {
    if (kind !== "var_positional" && kind !== "var_keyword") continue;
    const shown = `${kind === "var_keyword" ? "**" : "*"}${name}`;
    const message = `${shown} of ${fn.name} is never given anything: inputs have names`;
    say("warning", "variadic_parameter", span, message, "name what it may be given", `${path}/parameters/${name}`);
  }
  if (yields !== null) {
    const message = `${fn.name} yields: a function gives back its result once`;
    say("error", "generator_function", yields, message, "collect the results and return them");
  }
  return findings;
}

/** `{runtime}.{name}`, the name in snake_case. */
export function idOf(name: string, runtime: ChosenFunction["runtime"]): string {
  return `${runtime}.${snakeName(name)}`;
}

function checkFirst(fn: ChosenFunction["fn"], path: string): Finding[] {
  const [first] = fn.parameters;
  const isPositional = first?.kind === "positional_only" || first?.kind === "positional_or_keyword";
  if (first?.name === "image" && isPositional) return [];
  const takes = "an array function takes the stack (C, Y, X) first, by position, as image";
  if (first === undefined) {
    const message = `${fn.name} has no parameters: ${takes}`;
    return [findingOf("error", "signature", "first_parameter", fn.nameSpan, message, `def ${fn.name}(image): …`, path)];
  }
  const elsewhere = fn.parameters.find(({ name }) => name === "image");
  const shown =
    first.kind === "var_positional" ? `*${first.name}` : first.kind === "var_keyword" ? `**${first.name}` : first.name;
  const found = isPositional || first.kind !== "keyword_only" ? shown : `${shown}, by keyword only`;
  const suggestion =
    first.name === "image"
      ? "take image before the *"
      : elsewhere === undefined && isPositional
        ? `rename ${first.name} to image`
        : "put image first";
  const message = `the first parameter of ${fn.name} is ${found}: ${takes}`;
  return [
    findingOf(
      "error",
      "signature",
      "first_parameter",
      first.span,
      message,
      suggestion,
      `${path}/parameters/${first.name}`,
    ),
  ];
}

/** The nearest legal name; null when nothing of it is left. */
function legalName(name: string): string | null {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  const legal = snakeName(plain).replaceAll(/_+/g, "_").replaceAll(/^_|_$/g, "").slice(0, 64).replace(/_$/, "");
  return /^[a-z][a-z0-9_]*$/.test(legal) ? legal : null;
}
