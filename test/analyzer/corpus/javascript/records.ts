// expect function javascript.sum
// expect inputs weights, limits, extra
// expect input weights {"type":"object","additional_properties":true,"required":true}
// expect input limits {"type":"object","properties":{"low":{"type":"float","required":true},"high":{"type":"float","required":true}},"required":true}
// expect input extra {"type":"object","properties":{"name":{"type":"string","required":true}},"additional_properties":true,"required":true}
// expect output result {"type":"object","additional_properties":true,"required":true}
// call {"weights":{"a":1,"b":2},"limits":{"low":0,"high":2},"extra":{"name":"n"}} => {"result":{"n":2}}
export function sum({ weights, limits, extra }: {
  weights: Record<string, number>;
  limits: Record<"low" | "high", number>;
  extra: { name: string; [key: string]: unknown };
}): Record<string, number> {
  const total = Object.values(weights).reduce((a, b) => a + b, 0);
  return { [extra.name]: Math.min(Math.max(total, limits.low), limits.high) };
}
