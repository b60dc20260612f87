/** Thrown when a parser has read far more than the text has; such text is refused. */
export class BudgetSpent extends Error {}

/** Characters that a parser may look at for each one there is. Code of all kinds takes 1.2 to 1.7; see `budgetedText`. */
const readsPerCharacter = 10;
const readsAtLeast = 10_000;

/**
 * The text, counting how often it is looked at. A parser of TypeScript tries several readings of `<T>(` and of `a ? (b) : c =>`, one within
 * the other, so a few dozen of them nested would take it hours. It has no limit of its own, and there is no clock here to stop it by.
 */
export function budgetedText(text: string): string {
  const counting: unknown = new CountingText(text);
  // The parser only calls string methods on its input; its types ask for a primitive, which cannot count.
  return counting as string;
}

class CountingText extends String {
  private left: number;

  constructor(text: string) {
    super(text);
    this.left = text.length * readsPerCharacter + readsAtLeast;
  }

  override charCodeAt(index: number): number {
    this.left -= 1;
    if (this.left < 0) throw new BudgetSpent();
    return super.charCodeAt(index);
  }
}
