// expect error illegal_name 8:17
// expect error illegal_name 12:17
// expect error illegal_name 16:17
export function toRGB8({ a }: { a: string }): string {
  return a;
}

export function $price({ a }: { a: string }): string {
  return a;
}

export function _private({ a }: { a: string }): string {
  return a;
}

export function größe({ a }: { a: string }): string {
  return a;
}
