// expect function javascript.describe
// expect inputs needed, optional, nullable, both, maybe, defaulted
// expect input needed {"type":"string","required":true}
// expect input optional {"type":"string","required":false}
// expect input nullable {"type":"string","nullable":true,"required":true}
// expect input both {"type":"string","nullable":true,"required":false}
// expect input maybe {"type":"string","required":false}
// expect input defaulted {"type":"string","nullable":true,"default":"x"}
// expect output result {"type":"string","required":true}
// call {"needed":"a","nullable":null} => {"result":"a undefined null undefined undefined x"}
interface Inputs {
  needed: string;
  optional?: string;
  nullable: string | null;
  both?: string | null;
  maybe: string | undefined;
  defaulted?: string | null;
}

export function describe({ needed, optional, nullable, both, maybe, defaulted = "x" }: Inputs): string {
  return [needed, optional, nullable, both, maybe, defaulted].map(String).join(" ");
}
