export const version = "1.0.0";

interface Entry {
  /** The account that it changes. */
  account: string;
  /** What is added to it; taken from it, when negative. */
  amount: number;
  /** What it is for. */
  text: string;
}

interface Posted {
  /** The entry. */
  entry: Entry;
  /** What the account holds after it. */
  balance: number;
}

/** Enters an amount into an account, which afterwards holds no less and no more than it may. */
export function postEntry({
  account,
  amount,
  text,
  balance = 0,
  least = 0,
  most = null,
}: {
  /** The account. */
  account: string;
  /** What is added; taken, when negative. */
  amount: number;
  /** What it is for. */
  text: string;
  /** What the account holds before. */
  balance?: number;
  /** The least that it may hold after. */
  least?: number;
  /** The most that it may hold after; null: there is no such bound. */
  most?: number | null;
}): Posted {
  const after = cents(balance + amount);
  if (after < least) throw new Error(`${account} would hold ${after}; it must hold at least ${least}`);
  if (most !== null && after > most) throw new Error(`${account} would hold ${after}; it may hold at most ${most}`);
  return { entry: { account, amount: cents(amount), text }, balance: after };
}

/** Takes an entry back by another of the opposite amount: what is in the books stays there. */
export function reverseEntry({
  account,
  amount,
  text,
  balance = 0,
}: {
  /** The account of the entry. */
  account: string;
  /** The amount of the entry. */
  amount: number;
  /** What the entry was for. */
  text: string;
  /** What the account holds before. */
  balance?: number;
}): Posted {
  return { entry: { account, amount: cents(-amount), text: `taken back: ${text}` }, balance: cents(balance - amount) };
}

function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
