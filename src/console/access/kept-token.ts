const key = "callsheet.token";

/** The token that this tab was given; it lives as long as the tab. Null: none. */
export function readToken(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    // Browsers may refuse a page all storage.
    return null;
  }
}

/** Keeps a token for this tab, or forgets it. */
export function keepToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, token);
  } catch {
    // Then it lives as long as the page.
  }
}
