import { isAbstract } from "../../contract/artifact/callable.ts";
import type { LockedSkill } from "../../contract/workflow/locked-skill.ts";
import { answeringKinds } from "../../domain/agent/order-candidates.ts";
import { parseSkill } from "../../domain/agent/parse-skill.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import { indexOf, type NameState } from "../../domain/registration/name-state.ts";
import type { SkillInterface } from "../../domain/workflow/skill-interface.ts";

/** A skill that something answers to which a dry run assumes to be published. */
interface AssumedAnswer {
  lock: LockedSkill;
  skill: SkillInterface;
}

/** Functions, templates and workflows that a dry run found right: what it looks at later is judged as if these were published. */
export class AssumedSkills {
  readonly #names = new Map<string, { after: NameState; byVersion: Map<string, SkillInterface> }>();

  /** Takes in an artifact as if it were published. */
  add({ kind, name, version, callable }: Candidate, after: NameState): void {
    if (callable === null || isAbstract(callable)) return;
    const { inputs, outputs } = callable.interface;
    const key = `${kind}/${name}`;
    const byVersion = this.#names.get(key)?.byVersion ?? new Map<string, SkillInterface>();
    byVersion.set(version, { inputs, outputs });
    this.#names.set(key, { after, byVersion });
  }

  /** What is assumed and answers to a skill; null when nothing does, or when `lock` says that somebody answers before it does. */
  answering(text: string, lock: LockedSkill["pin"]): AssumedAnswer | null {
    const parsed = parseSkill(text);
    if (!parsed.ok) return null;
    const { kind: asked, skill: name, selector } = parsed.value;
    for (const kind of ["function", "template", "workflow"] as const) {
      if (lock !== null && answeringKinds.indexOf(lock.kind) < answeringKinds.indexOf(kind)) return null;
      const known = asked === null || asked === kind ? this.#names.get(`${kind}/${name}`) : undefined;
      const chosen = known === undefined ? null : chooseVersion(indexOf(known.after, 0, ""), selector);
      if (known === undefined || !chosen?.ok) continue;
      const { version, digest } = chosen.value;
      const skill = known.byVersion.get(version);
      // The version that is meant was published before: the lock has it already.
      if (skill === undefined) return null;
      return { lock: { skill: text, pin: { kind, name, version, digest, skill: null } }, skill };
    }
    return null;
  }
}
