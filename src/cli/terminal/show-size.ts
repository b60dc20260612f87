const units = ["B", "KiB", "MiB", "GiB", "TiB"];

/** Bytes for people: `812 B`, `1.4 MiB`. */
export function showBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(size < 10 ? 1 : 0)} ${units[unit]}`;
}

/** Memory for people, from MB as requirements and runners count it: `24 GB`, `512 MB`. */
export function showMemory(megabytes: number): string {
  if (megabytes < 1024) return `${megabytes} MB`;
  const gigabytes = megabytes / 1024;
  return `${Number.isInteger(gigabytes) ? gigabytes : gigabytes.toFixed(1)} GB`;
}
