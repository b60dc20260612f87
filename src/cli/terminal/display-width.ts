/** Code points that take no column of their own: marks on the one before, joiners, selectors. */
const none = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
/** Code points that take two columns (Unicode Standard Annex 11, wide and fullwidth; emoji as terminals draw them). */
const two =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

/** Columns of a terminal that text takes; it must hold no control characters. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const point of text) width += point < "\u0300" ? 1 : none.test(point) ? 0 : two.test(point) ? 2 : 1;
  return width;
}
