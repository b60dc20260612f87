export interface WrittenTemplate {
  id: string;
  version?: string;
  name?: string;
  description?: string;
  category?: string;
  inputs?: Record<string, unknown>;
}

/** A template's document as JSON; valid by default. */
export function templateSource({ id, version = "1.0.0", name = id, inputs = {}, ...others }: WrittenTemplate): string {
  const parts = { interface: { inputs, outputs: {} }, requirements: { resources: {} } };
  return JSON.stringify({ template: { id, version, name, ...others, ...parts } });
}
