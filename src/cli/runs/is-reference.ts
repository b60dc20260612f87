const address = /^@[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}([.[].*)?$/is;

/**
 * Whether text is the registry's to read: a reference to an entity's value (`@UUID`, `@UUID.field[0]`), or a plain `@` (`@@…`).
 * A file of this machine that is named like a UUID is told by `@./UUID`.
 */
export function isReference(text: string): boolean {
  return text.startsWith("@@") || address.test(text);
}
