/** Keeps secrets that the registry must be able to use again: what lies in D1 is sealed, so that a copy of D1 gives none away. */
export interface Sealer {
  seal(secret: string): Promise<string>;
  /** Null: sealed by a key that is no longer known, or changed. */
  open(sealed: string): Promise<string | null>;
}
