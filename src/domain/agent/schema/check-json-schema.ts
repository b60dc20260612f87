import { limits } from "../../../contract/limits.ts";
import { isMap, type JsonMap, type JsonValue } from "../../document/json-value.ts";
import { childPointer } from "../../pointer.ts";
import { compilePattern, type Pattern } from "../../template/value/compile-pattern.ts";
import { checkAlternatives } from "./check-alternatives.ts";
import { checkArray } from "./check-array.ts";
import { checkObject } from "./check-object.ts";
import { checkScalar } from "./check-scalar.ts";
import { checkType } from "./check-type.ts";
import { checkUnevaluated } from "./check-unevaluated.ts";
import type { ReadSchema } from "./read-schema.ts";
import { addSeen, nothingSeen, type Place, type SchemaCheck, type Seen } from "./schema-check.ts";

/** A place of a value that does not fit, as a JSON Pointer, and why. */
export interface SchemaDifference {
  path: string;
  message: string;
}

/** What came of a check. `unchecked`: the schema asks for more work than a check may take; nobody knows then. */
export type SchemaFinding =
  | { state: "fits" }
  | { state: "differs"; differences: SchemaDifference[] }
  | { state: "unchecked"; why: string };

/**
 * Checks a value by a JSON Schema. Ends for every schema and every value, after `limits.schemaSteps` at most: both come from strangers.
 * Patterns are RE2's, which cannot be made to run for ever; one that RE2 cannot read says nothing, nor does `format`.
 */
export function checkJsonSchema(read: ReadSchema, value: JsonValue): SchemaFinding {
  const check = new Check(read);
  try {
    check.fits(read.root, value, null, null);
  } catch (thrown) {
    if (thrown instanceof TooMuch) return { state: "unchecked", why: thrown.message };
    if (!(thrown instanceof Enough)) throw thrown;
  }
  const { differences } = check;
  return differences.length === 0 ? { state: "fits" } : { state: "differs", differences };
}

/** Thrown within a check that takes too long. */
class TooMuch extends Error {}

/** Thrown within a check that has found more than anybody reads. */
class Enough extends Error {}

/** A value has 32 levels at most, and each takes a few schemas; a reference that leads back to itself takes all of these. */
const mostDepth = 256;
/** Steps of a pattern's program, times characters, that take about as long as looking at one value. */
const matchesPerStep = 8;
/** Steps that compiling one step of a program takes. */
const compiledPerStep = 8;

const keywords = [checkScalar, checkArray, checkObject, checkAlternatives, checkUnevaluated];

class Check implements SchemaCheck {
  readonly read: ReadSchema;
  readonly differences: SchemaDifference[] = [];
  readonly #patterns = new Map<string, Pattern | null>();
  #left: number = limits.schemaSteps;
  #depth = 0;
  #quiet = 0;

  constructor(read: ReadSchema) {
    this.read = read;
  }

  get isQuiet(): boolean {
    return this.#quiet > 0;
  }

  fits(schema: JsonValue, value: JsonValue, at: Place, seen: Seen | null): boolean {
    this.take(1);
    if (schema === false) return this.differ(at, "nothing may stand here");
    if (!isMap(schema)) return true;
    if (this.#depth >= mostDepth) throw new TooMuch("its references lead in a circle");
    this.#depth += 1;
    const mine = this.read.asksWhatWasSeen ? nothingSeen() : null;
    const fits = this.#fitsAll(schema, value, at, mine);
    this.#depth -= 1;
    if (fits && seen !== null && mine !== null) {
      this.take(mine.keys.size + mine.items.size);
      addSeen(seen, mine);
    }
    return fits;
  }

  fitsQuietly(schema: JsonValue, value: JsonValue, at: Place, seen: Seen | null): boolean {
    this.#quiet += 1;
    const fits = this.fits(schema, value, at, seen);
    this.#quiet -= 1;
    return fits;
  }

  differ(at: Place, message: string): false {
    if (this.isQuiet) return false;
    this.differences.push({ path: pointerOf(at), message });
    if (this.differences.length >= limits.issues) throw new Enough();
    return false;
  }

  take(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuch(`checking takes more than ${limits.schemaSteps} steps`);
  }

  pattern(source: string): Pattern | null {
    const known = this.#patterns.get(source);
    if (known !== undefined) return known;
    this.take(100 + source.length);
    const compiled = compilePattern(source);
    const pattern = "matches" in compiled ? compiled : null;
    if (pattern !== null) this.take(pattern.steps * compiledPerStep);
    this.#patterns.set(source, pattern);
    return pattern;
  }

  matches(pattern: Pattern, text: string): boolean {
    this.take(1 + Math.ceil((text.length * pattern.steps) / matchesPerStep));
    return pattern.matches(text);
  }

  #fitsAll(schema: JsonMap, value: JsonValue, at: Place, seen: Seen | null): boolean {
    let fits = true;
    for (const target of this.read.targetsOf(schema)) fits = this.fits(target, value, at, seen) && fits;
    if (this.read.isReferenceAlone && Object.hasOwn(schema, "$ref")) return fits;
    // Of a value of another type nothing else is worth telling.
    if (!checkType(this, schema, value, at, seen)) return false;
    for (const keyword of keywords) {
      if (!fits && this.isQuiet) return false;
      fits = keyword(this, schema, value, at, seen) && fits;
    }
    return fits;
  }
}

function pointerOf(at: Place): string {
  const tokens: (string | number)[] = [];
  for (let place = at; place !== null; place = place.up) tokens.unshift(place.token);
  return tokens.reduce((pointer: string, token) => childPointer(pointer, token), "");
}
