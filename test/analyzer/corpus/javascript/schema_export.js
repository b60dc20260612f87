// expect function javascript.f
// expect inputs text, size, share, mode, only, list, box, free, any, flag
// expect input text {"type":"string","min_length":1,"max_length":20,"pattern":"^[a-z ]+$","description":"The text.","required":true}
// expect input size {"type":"integer","min":1,"max":9,"required":true}
// expect input share {"type":"float","min":0,"max":1,"nullable":true,"default":0.5}
// expect input mode {"type":"string","enum":["fast","exact"],"default":"fast"}
// expect input only {"type":"integer","enum":[3],"required":false}
// expect input list {"type":"array","items":{"type":"string","format":"uri"},"min_items":1,"max_items":4,"unique_items":true,"required":false}
// expect input box {"type":"object","properties":{"w":{"type":"float","required":true},"h":{"type":"float","default":1}},"required":false}
// expect input free {"type":"object","additional_properties":true,"required":false}
// expect input any {"type":"any","required":false}
// expect input flag {"type":"boolean","nullable":true,"required":false}
// expect output text {"type":"string","required":true}
// expect output note {"type":"string","description":"If any.","required":false}
// call {"text":"abc","size":2} => {"text":"ab"}
export const schema = {
  inputs: {
    type: "object",
    required: ["text", "size"],
    additionalProperties: false,
    properties: {
      text: { type: "string", minLength: 1, maxLength: 20, pattern: "^[a-z ]+$", description: "The text." },
      size: { type: "integer", minimum: 1, exclusiveMaximum: 10 },
      share: { type: ["number", "null"], minimum: 0, maximum: 1, default: 0.5 },
      mode: { enum: ["fast", "exact"], default: "fast" },
      only: { const: 3 },
      list: { type: "array", items: { type: "string", format: "uri" }, minItems: 1, maxItems: 4, uniqueItems: true },
      box: { type: "object", properties: { w: { type: "number" }, h: { type: "number", default: 1 } }, required: ["w"] },
      free: { type: "object", additionalProperties: true },
      any: {},
      flag: { type: "boolean", nullable: true },
    },
  },
  outputs: {
    type: "object",
    required: ["text"],
    properties: { text: { type: "string" }, note: { type: "string", description: "If any." } },
  },
};

export function f({ text, size, share = 1, mode, list }) {
  return { text: text.slice(0, size) };
}
