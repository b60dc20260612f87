// expect function javascript.f
// expect inputs text
// expect input text {"type":"string","required":true}
// expect output first {"type":"string","required":true}
// expect output size {"type":"float","required":true}
// call {"text":"to be"} => {"first":"to","size":2}
declare const ambient: string;
declare function outside(a: number): void;
export type Mode = "a" | "b";
export interface Shape {
  sides: number;
}
export type { Inputs };
interface Inputs<T = string> {
  text: T;
}

abstract class Base<T> {
  protected readonly parts: T[] = [];
  declare hidden: number;
  private label?: string;
  abstract size(): number;
  public get first(): T | undefined {
    return this.parts[0] as T | undefined;
  }
}

class Words extends Base<string> implements Iterable<string> {
  constructor(text: string) {
    super();
    this.parts.push(...text.split(" "));
  }
  override size(): number {
    return this.parts!.length;
  }
  *[Symbol.iterator](): Iterator<string> {
    yield* this.parts satisfies string[];
  }
}

function over(a: string): string;
function over(a: number): number;
function over(this: void, a: unknown): unknown {
  return a;
}

export const f = async <
  T extends string,
>(inputs: Inputs<string>): Promise<{
  first: string;
  size: number;
}> => {
  const words = new Words(inputs.text as string);
  const [first = ""]: string[] = [...words];
  return { first: over(first) as string, size: words.size() };
};
