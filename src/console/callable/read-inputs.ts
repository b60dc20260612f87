/** Inputs as one types them: a JSON object, or in what way it is none. */
export function readInputs(
  text: string,
): { ok: true; inputs: Record<string, unknown> } | { ok: false; message: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { ok: false, message: "The inputs are one JSON object, with a key for each input." };
  }
  return { ok: true, inputs: { ...value } };
}
