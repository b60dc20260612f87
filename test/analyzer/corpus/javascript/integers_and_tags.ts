// expect function javascript.check
// expect inputs count, other, share, word, day, list, tries, above
// expect input count {"type":"integer","required":true}
// expect input other {"type":"integer","required":true}
// expect input share {"type":"float","min":0,"max":1,"multiple_of":0.25,"description":"How much.","required":true}
// expect input word {"type":"string","min_length":1,"max_length":8,"pattern":"^[a-z]+$","required":true}
// expect input day {"type":"string","format":"date","required":true}
// expect input list {"type":"array","items":{"type":"integer"},"min_items":1,"max_items":3,"unique_items":true,"required":true}
// expect input tries {"type":"integer","default":3}
// expect input above {"type":"integer","min":1,"required":false}
// expect output result {"type":"integer","required":true}
// call {"count":1,"other":2,"share":0.5,"word":"abc","day":"2024-01-31","list":[1,2]} => {"result":3}
type integer = number;

interface Inputs {
  count: integer;
  /** @type {integer} */
  other: number;
  /**
   * How much.
   * @minimum 0
   * @maximum 1
   * @multipleOf 0.25
   */
  share: number;
  /**
   * @minLength 1
   * @maxLength 8
   * @pattern ^[a-z]+$
   */
  word: string;
  /** @format date */
  day: string;
  /**
   * @minItems 1
   * @maxItems 3
   * @uniqueItems
   */
  list: integer[];
  /** @default 3 */
  tries?: integer;
  /** @exclusiveMinimum 0 */
  above?: integer;
}

export function check(inputs: Inputs): integer {
  return inputs.list.length + inputs.count;
}
