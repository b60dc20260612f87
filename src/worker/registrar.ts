import { z } from "zod";
import type { RegistrarCalls, StateRequest, TagRequest } from "../bindings/durable/registrar.ts";
import { type Origin, ownOrigin } from "../contract/access/origin.ts";
import { type ArtifactKind, artifactKind } from "../contract/artifact/kind.ts";
import type { Registration } from "../contract/artifact/registration.ts";
import type { ChangeAnswer } from "../contract/artifact/resolved.ts";
import type { Failure } from "../contract/failure.ts";
import type { SourceDraft } from "../domain/function/source-draft.ts";
import type { Candidate, UnversionedCandidate } from "../domain/registration/candidate.ts";
import type { Result } from "../domain/result.ts";
import { publishSource } from "../operations/function/publish-source.ts";
import type { JudgeNeeds } from "../operations/registration/judge-candidate.ts";
import { NameWriter, type NameWriterNeeds, type NameWriting } from "../operations/registration/name-writer.ts";
import { readCallable } from "../operations/registration/read-callable.ts";
import { registerCandidate } from "../operations/registration/register-candidate.ts";
import { repeatEffects } from "../operations/registration/repeat-effects.ts";
import type { EffectRetry, NamesWriterNeeds } from "../operations/registration/write-names.ts";
import { moveTag } from "../operations/tag/move-tag.ts";
import { setVersionState } from "../operations/version/set-version-state.ts";
import { EffectAlarm } from "./effect-alarm.ts";
import { KeptRepository } from "./kept-repository.ts";
import { registrarsOf } from "./registrars.ts";
import { settingsOf } from "./settings.ts";
import { tellOfChanges } from "./tell-of-changes.ts";

const ownName = z.object({ kind: artifactKind, name: z.string() });

/**
 * The writer of one name, `{kind}/{name}`: its changes are carried out one at a time. It holds no truth: its storage has only its own
 * name, for the alarm that repeats effects after a crash. The first name of a source carries out the commit of all its names; the others'
 * Registrars only keep their alarms meanwhile (`arm`), outside of their turns: so none ever waits for another's turn.
 */
export class Registrar extends KeptRepository implements RegistrarCalls {
  #writer: NameWriter | null = null;
  #isNameKept = false;
  readonly #alarm = new EffectAlarm(this.ctx.storage);

  register(
    candidate: Candidate | UnversionedCandidate,
    by: string,
    origin: Origin = ownOrigin,
  ): Promise<Result<Registration, Failure>> {
    return this.changing(async () => {
      const writer = await this.writerOf(candidate.kind, candidate.name, origin);
      return registerCandidate({ ...this.#judging(), writer, blobs: this.env.BLOBS, now: this.now }, candidate, by);
    });
  }

  publishSource(draft: SourceDraft, by: string, origin: Origin = ownOrigin): Promise<Result<Registration[], Failure>> {
    return this.inTurn(async () => {
      const [own] = draft.functions.map((definition) => definition.id).sort();
      const writing = { ...this.#writingNames(own ?? ""), origin };
      try {
        return await publishSource({ ...this.#judging(), writing, blobs: this.env.BLOBS }, draft, by);
      } finally {
        // What this writer knew of its own name is of before.
        this.#forget();
      }
    });
  }

  /** Another Registrar is about to commit a change of this name too. */
  async arm(kind: ArtifactKind, name: string): Promise<string> {
    await this.#keepName(kind, name);
    const ticket = crypto.randomUUID();
    await this.#alarm.armFor(ticket);
    this.#forget();
    return ticket;
  }

  /** It has, and carried out what follows. */
  async disarm(ticket: string): Promise<boolean> {
    this.#forget();
    return this.#alarm.disarmFor(ticket);
  }

  setState(request: StateRequest, by: string, origin: Origin = ownOrigin): Promise<Result<ChangeAnswer, Failure>> {
    return this.changing(async () => {
      const writer = await this.writerOf(request.kind, request.name, origin);
      return setVersionState({ writer, now: this.now }, request, by);
    });
  }

  moveTag(request: TagRequest, by: string, origin: Origin = ownOrigin): Promise<Result<ChangeAnswer, Failure>> {
    return this.changing(async () => {
      const writer = await this.writerOf(request.kind, request.name, origin);
      return moveTag({ writer, now: this.now }, request, by);
    });
  }

  /** Repeats the effects of whatever was committed; also asked for by the cron sweep. */
  async repeat(kind: ArtifactKind, name: string): Promise<void> {
    await this.changing(() => repeatEffects(this.#needs(), kind, name));
  }

  override async alarm(): Promise<void> {
    const own = ownName.safeParse(await this.ctx.storage.get("name"));
    if (!own.success) return;
    try {
      await this.repeat(own.data.kind, own.data.name);
      await this.#alarm.ringAgain();
    } catch (error) {
      console.error(JSON.stringify({ level: "error", registrar: own.data, error: String(error) }));
      await this.#alarm.ring();
    }
  }

  protected override isShared(): boolean {
    return this.#alarm.isShared();
  }

  protected override async writerOf(kind: ArtifactKind, name: string, origin: Origin): Promise<NameWriting> {
    if (this.#writer === null) {
      await this.#keepName(kind, name);
      this.#writer = new NameWriter(this.#needs(), kind, name);
    }
    return this.#writer.from(origin);
  }

  /** For the alarm, which knows nothing else. */
  async #keepName(kind: ArtifactKind, name: string): Promise<void> {
    if (this.#isNameKept) return;
    await this.ctx.storage.put("name", { kind, name });
    this.#isNameKept = true;
  }

  #judging(): JudgeNeeds {
    const { BLOBS: blobs } = this.env;
    const callableByDigest = (digest: string) => readCallable(blobs, digest);
    return { policy: settingsOf(this.env).COMPATIBILITY_POLICY, callableByDigest };
  }

  #writingNames(own: string): Omit<NamesWriterNeeds, "origin"> {
    const registrars = registrarsOf(this.env);
    return {
      ...this.#needs(),
      retryOf: (kind, name): EffectRetry => {
        const keeper = name === own ? this : registrars(kind, name);
        return { arm: () => keeper.arm(kind, name), disarm: (ticket) => keeper.disarm(ticket) };
      },
      // Those who raced once would race again if all waited alike.
      pause: (attempt) => scheduler.wait(5 * 2 ** Math.min(attempt, 6) * (0.5 + Math.random())),
    };
  }

  #needs(): NameWriterNeeds {
    const later = (work: Promise<unknown>) => this.ctx.waitUntil(work);
    return {
      db: this.env.DB,
      lookups: this.env.LOOKUPS,
      blobs: this.env.BLOBS,
      announce: (announcements) => tellOfChanges(this.env, later, announcements),
      armRetry: () => this.#alarm.arm(),
      disarmRetry: () => this.#alarm.disarm(),
      later,
      now: this.now,
    };
  }

  #forget(): void {
    this.#writer?.forget();
    this.forgetRepository();
  }
}
