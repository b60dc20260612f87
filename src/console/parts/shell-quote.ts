/** A word for a POSIX shell; left alone where the shell would leave it alone. */
export function shellQuote(text: string): string {
  return /^[\w@:/.,%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
