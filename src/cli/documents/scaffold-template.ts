/** A first template under a name: it validates as it is, and its comments say what to change. */
export function scaffoldTemplate(name: string): string {
  const title = name.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());
  return `# A function template: the typed contract of one AI function.
# Check it with \`callsheet validate\`, register it with \`callsheet publish\`.
template:
  # What callers look up, with the version: a-z, 0-9 and _.
  id: ${name}
  # A published version never changes. A breaking change asks for a new major, a new input for a minor.
  version: 0.1.0
  name: ${title}
  description: Say in a sentence what it makes of its inputs.
  category: example
  tags: [example]

  interface:
    inputs:
      prompt:
        type: string
        required: true
        min_length: 1
        max_length: 500
        description: What is asked for.
      steps:
        type: integer
        default: 20
        min: 1
        max: 100
      quality:
        type: string
        enum: [draft, final]
        default: draft
    outputs:
      result:
        type: file
        format: [png]
        description: What is made.

  requirements:
    resources:
      gpu: true
      vram_gb: 8
      cpu_cores: 2
      memory_gb: 16
      estimated_time_seconds: 10
    quality_presets:
      draft:
        steps: 10
      final:
        steps: 50
        extra_vram_gb: 2
        time_multiplier: 3

  # Each example is checked as a run's inputs would be.
  examples:
    - name: Smallest
      inputs:
        prompt: a red bicycle
    - name: Best
      inputs:
        prompt: a red bicycle in the rain
        quality: final
`;
}
