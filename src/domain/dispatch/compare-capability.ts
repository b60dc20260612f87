/** Orders compute capabilities (`MAJOR.MINOR`) as the numbers that they are: 8.10 is newer than 8.9. */
export function compareCapability(a: string, b: string): number {
  const [aMajor, aMinor] = numbersOf(a);
  const [bMajor, bMinor] = numbersOf(b);
  return aMajor - bMajor || aMinor - bMinor;
}

function numbersOf(capability: string): [number, number] {
  const [major = "0", minor = "0"] = capability.split(".");
  return [Number(major), Number(minor)];
}
