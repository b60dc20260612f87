/** An answer of the API. */
export interface ApiAnswer {
  status: number;
  /** JSON, or bytes where the raw content was asked for. */
  body: unknown;
  headers?: Record<string, string>;
}

/** What the API answers when all is well. */
export function answer(body: unknown, status = 200): ApiAnswer {
  return { status, body };
}

/** A refusal in GitHub's words. */
export function refuse(status: number, message: string, more: object = {}): ApiAnswer {
  const documentation_url = "https://docs.github.com/rest";
  return { status, body: { message, ...more, documentation_url, status: String(status) } };
}

/** What does not exist, and what the asker may not know of. */
export function notFound(): ApiAnswer {
  return refuse(404, "Not Found");
}

/** A value that is not as it must be. */
export function invalid(resource: string, field: string, message: string): ApiAnswer {
  return refuse(422, "Validation Failed", { errors: [{ resource, code: "custom", field, message }] });
}

/** Git's base64: a line's end after every 60 characters. */
export function linedBase64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/.{1,60}/g, "$&\n");
}
