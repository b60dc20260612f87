// expect error positional_parameters 5:21
// expect error positional_parameters 9:23
// expect error positional_parameters 13:21
// expect error positional_parameters 17:22
export function add(a: number, b = 2): number {
  return a + b;
}

export function shout(text: string): string {
  return text.toUpperCase();
}

export function all(...items: string[]): number {
  return items.length;
}

export const list = ([first]: string[]): string => first ?? "";
