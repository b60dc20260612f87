import { partsOf, pathOf, type SyntaxNode } from "./syntax-node.ts";

/** Something that an expression takes from its scope. */
export interface Reference {
  /** `["steps", "plan", "outputs", "x"]`; stops where an index is computed. Constant indexes are part of it. */
  path: string[];
  /** Offset of its first character in the expression's text. */
  at: number;
  /**
   * Whether the expression copes with its absence: it stands inside `has()`, or is looked at only where `has()` of it, of what it lies
   * in or of what lies in it is true.
   */
  guarded: boolean;
}

/** All references of an expression, in the order of the text. Variables of its loops are none. */
export function findReferences(syntax: SyntaxNode): Reference[] {
  const found: Reference[] = [];
  collect(syntax, { variables: [], present: [] }, found);
  return found.sort((a, b) => a.at - b.at);
}

interface Place {
  /** Names that loops around bind. */
  variables: string[];
  /** Paths that are known to be there. */
  present: string[][];
}

function collect(node: SyntaxNode, place: Place, found: Reference[]): void {
  switch (node.kind) {
    case "has":
      if (!note({ ...node, kind: "select" }, place, found, true)) collect(node.of, place, found);
      return;
    case "name":
    case "select":
    case "index":
      if (note(node, place, found, false)) return;
      break;
    case "and": {
      // The order does not matter: `a.b > 1 && has(a.b)` is false too where a.b is missing.
      collect(node.left, knowing(place, whenTrue(node.right)), found);
      collect(node.right, knowing(place, whenTrue(node.left)), found);
      return;
    }
    case "or": {
      collect(node.left, knowing(place, whenFalse(node.right)), found);
      collect(node.right, knowing(place, whenFalse(node.left)), found);
      return;
    }
    case "choice":
      collect(node.condition, place, found);
      collect(node.yes, knowing(place, whenTrue(node.condition)), found);
      collect(node.no, knowing(place, whenFalse(node.condition)), found);
      return;
    case "loop": {
      collect(node.over, place, found);
      const inside = { ...place, variables: [...place.variables, node.variable] };
      if (node.only !== null) collect(node.only, inside, found);
      if (node.each !== null) {
        const kept = node.only === null ? [] : whenTrue(node.only);
        collect(node.each, knowing(inside, kept), found);
      }
      return;
    }
  }
  for (const part of partsOf(node)) collect(part, place, found);
}

/** Notes a path; false when the part is none. What lies under a loop's variable is no reference, and is done with. */
function note(node: SyntaxNode, place: Place, found: Reference[], isAsked: boolean): boolean {
  const known = pathOf(node);
  if (known === null) return false;
  const { root, path } = known;
  if (!root.isAbsolute && place.variables.includes(root.name)) return true;
  const guarded = isAsked || place.present.some((there) => startsWith(there, path) || startsWith(path, there));
  found.push({ path, at: root.at, guarded });
  return true;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((token, index) => path[index] === token);
}

function knowing(place: Place, present: string[][]): Place {
  // A loop's variable of the same name means something else.
  const outside = present.filter(([root]) => root !== undefined && !place.variables.includes(root));
  return outside.length === 0 ? place : { ...place, present: [...place.present, ...outside] };
}

/** Paths that are there when a condition is true. */
function whenTrue(node: SyntaxNode): string[][] {
  switch (node.kind) {
    case "has": {
      const known = pathOf({ ...node, kind: "select" });
      return known === null ? [] : [known.path];
    }
    case "and":
      return [...whenTrue(node.left), ...whenTrue(node.right)];
    case "or":
      return inBoth(whenTrue(node.left), whenTrue(node.right));
    case "call":
      return node.name === "!_" && node.args[0] !== undefined ? whenFalse(node.args[0]) : [];
    default:
      return [];
  }
}

/** Paths that are there when a condition is false. */
function whenFalse(node: SyntaxNode): string[][] {
  switch (node.kind) {
    case "or":
      return [...whenFalse(node.left), ...whenFalse(node.right)];
    case "and":
      return inBoth(whenFalse(node.left), whenFalse(node.right));
    case "call":
      return node.name === "!_" && node.args[0] !== undefined ? whenTrue(node.args[0]) : [];
    default:
      return [];
  }
}

function inBoth(some: string[][], others: string[][]): string[][] {
  return some.filter((path) => others.some((other) => startsWith(path, other) && startsWith(other, path)));
}
