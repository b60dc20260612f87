/** A function's name in snake_case: `sharpenImage` → `sharpen_image`, `toRGB8` → `to_rgb8`. Whether it is legal is not asked. */
export function snakeName(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, "$1_$2")
    .replaceAll(/([A-Z0-9])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}
