// expect function javascript.word_count
// expect inputs text, min_length
// expect input text {"type":"string","description":"The text to count in.","required":true}
// expect input min_length {"type":"float","description":"Words shorter than this are left out.","default":1}
// expect output words {"type":"array","items":{"type":"string"},"required":true}
// expect output count {"type":"float","required":true}
// call {"text":"to be or not"} => {"words":["to","be","or","not"],"count":4}
// call {"text":"to be or not","min_length":3} => {"words":["not"],"count":1}
/** What is counted. */
interface Inputs {
  /** The text to count in. */
  text: string;
  /** Words shorter than this are left out. */
  min_length?: number;
}

/**
 * Counts the words of a text.
 *
 * A word is anything between spaces.
 *
 * @param inputs what is counted
 * @returns the words, and how many there are
 */
export function wordCount({ text, min_length = 1 }: Inputs): { words: string[]; count: number } {
  const words = text.split(/\s+/).filter((word) => word.length >= min_length && word !== "");
  return { words, count: words.length };
}
