import type { DocumentIssueCode } from "../document/document-issue-codes.ts";

/** Everything that checking a template can find, the reading of its document included. Errors unless marked as warnings. */
export type TemplateIssueCode = DocumentIssueCode | TemplateRuleCode;

/** What the rules of templates find in a document that was read. */
export type TemplateRuleCode =
  // Shape: what may stand where.
  /** A key that must be there is not. */
  | "missing_key"
  /** A key that nothing reads, often a slip of the pen. */
  | "unknown_key"
  /** A value of another type than the key takes; nothing is coerced. */
  | "wrong_type"
  /** A text that is not of the form that its key asks for. */
  | "bad_form"
  /** A value that is none of the few that the key takes. */
  | "not_allowed"
  /** A number below the least that the key takes. */
  | "too_small"
  /** A number above the most that the key takes. */
  | "too_large"
  /** A text with fewer characters than the key takes. */
  | "too_short"
  /** A text with more characters than the key takes. */
  | "too_long"
  /** A list or map with fewer members than the key takes. */
  | "too_few"
  /** A list or map with more members than the key takes. */
  | "too_many"
  /** A name of an input, output, property or preset that is not of the form for names. */
  | "bad_name"
  // Fields: inputs, outputs, items, properties.
  /** A field that does not say its type. */
  | "missing_type"
  /** A type that there is not. */
  | "unknown_type"
  /** A constraint that cannot act on the field's type. */
  | "constraint_not_for_type"
  /** Items and properties nested deeper than the limit. */
  | "field_too_deep"
  /** An enum without values: nothing would be accepted. */
  | "enum_empty"
  /** A value that stands twice in an enum. */
  | "enum_duplicate"
  /** A value of an enum that is not of the field's type. */
  | "enum_wrong_type"
  /** A value of an enum that the field's other constraints refuse. */
  | "enum_refused"
  /** A default that the field itself would refuse. */
  | "default_refused"
  /** A default on an output, where it cannot act. */
  | "default_on_output"
  /** Warning: required, and yet with a default, so it may be left out. */
  | "required_with_default"
  /** A lower bound above its upper bound. */
  | "bounds_crossed"
  /** A pattern that is not RE2 syntax, or too costly. */
  | "pattern_invalid"
  /** An object's `required` list names a property that it does not have. */
  | "required_unknown_property"
  // Requirements.
  /** `gpu: true` without graphics memory. */
  | "gpu_without_vram"
  /** Warning: graphics memory is asked for without `gpu: true`. */
  | "vram_without_gpu"
  /** Warning: more graphics memory than one common device has. */
  | "vram_large"
  /** Warning: more processor cores than common machines have. */
  | "cpu_cores_large"
  /** Warning: more memory than common machines have. */
  | "memory_large"
  /** A preset that the input `quality` cannot choose. */
  | "preset_not_in_quality"
  /** Warning: a value of the input `quality` that no preset answers to. */
  | "quality_without_preset"
  // Examples and stages.
  /** Two examples of one name. */
  | "example_duplicate"
  /** An example whose inputs a run would refuse. */
  | "example_refused"
  /** Warning: an example shows an output that is not declared. */
  | "example_output_unknown"
  /** Two stages of one name. */
  | "stage_duplicate"
  // The template as a whole.
  /** Warning: it declares no outputs. */
  | "no_outputs"
  /** Warning: it has no description. */
  | "no_description"
  // Inheritance.
  /** `extends` is no `name` or `name@selector`. */
  | "parent_reference_invalid"
  /** The parent that `extends` names was not found. */
  | "parent_not_found"
  /** Documents of one batch that extend each other in a circle. */
  | "extends_cycle"
  /** Null, which removes an inherited key, on a key that is not inherited. */
  | "null_not_inherited"
  /** The template is larger than the limit once its parents are merged in. */
  | "flattened_too_large";
