import { DurableObject } from "cloudflare:workers";
import { z } from "zod";
import type { RegistrarCalls, StateRequest, TagRequest } from "../bindings/durable/registrar.ts";
import { type ArtifactKind, artifactKind } from "../contract/artifact/kind.ts";
import type { Registration } from "../contract/artifact/registration.ts";
import type { ChangeAnswer } from "../contract/artifact/resolved.ts";
import type { Failure } from "../contract/failure.ts";
import type { Candidate } from "../domain/registration/candidate.ts";
import type { Result } from "../domain/result.ts";
import { NameWriter, type NameWriterNeeds } from "../operations/registration/name-writer.ts";
import { readTemplate } from "../operations/registration/read-template.ts";
import { registerCandidate } from "../operations/registration/register-candidate.ts";
import { repeatEffects } from "../operations/registration/repeat-effects.ts";
import { moveTag } from "../operations/tag/move-tag.ts";
import { setVersionState } from "../operations/version/set-version-state.ts";
import { announceToHubs } from "./hubs.ts";
import { settingsOf } from "./settings.ts";

/** After this, effects that were not reported done are repeated. */
const retryMs = 5000;
const ownName = z.object({ kind: artifactKind, name: z.string() });

/**
 * The writer of one name, `{kind}/{name}`: its changes are carried out one at a time. It holds no truth: its storage has only its own
 * name, for the alarm that repeats effects after a crash.
 */
export class Registrar extends DurableObject<Env> implements RegistrarCalls {
  #writer: NameWriter | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #now = () => new Date();

  register(candidate: Candidate, by: string): Promise<Result<Registration, Failure>> {
    return this.#inTurn(async () => {
      const writer = await this.#writerOf(candidate.kind, candidate.name);
      const { BLOBS: blobs } = this.env;
      const templateByDigest = (digest: string) => readTemplate(blobs, digest);
      const policy = settingsOf(this.env).COMPATIBILITY_POLICY;
      return registerCandidate({ writer, blobs, policy, templateByDigest, now: this.#now }, candidate, by);
    });
  }

  setState(request: StateRequest, by: string): Promise<Result<ChangeAnswer, Failure>> {
    return this.#inTurn(async () => {
      const writer = await this.#writerOf(request.kind, request.name);
      return setVersionState({ writer, now: this.#now }, request, by);
    });
  }

  moveTag(request: TagRequest, by: string): Promise<Result<ChangeAnswer, Failure>> {
    return this.#inTurn(async () => {
      const writer = await this.#writerOf(request.kind, request.name);
      return moveTag({ writer, now: this.#now }, request, by);
    });
  }

  /** Repeats the effects of whatever was committed; also asked for by the cron sweep. */
  async repeat(kind: ArtifactKind, name: string): Promise<void> {
    await this.#inTurn(() => repeatEffects(this.#needs(), kind, name));
  }

  override async alarm(): Promise<void> {
    const own = ownName.safeParse(await this.ctx.storage.get("name"));
    if (!own.success) return;
    try {
      await this.repeat(own.data.kind, own.data.name);
    } catch (error) {
      console.error(JSON.stringify({ level: "error", registrar: own.data, error: String(error) }));
      await this.ctx.storage.setAlarm(Date.now() + retryMs);
    }
  }

  async #writerOf(kind: ArtifactKind, name: string): Promise<NameWriter> {
    if (this.#writer === null) {
      await this.ctx.storage.put("name", { kind, name });
      this.#writer = new NameWriter(this.#needs(), kind, name);
    }
    return this.#writer;
  }

  #needs(): NameWriterNeeds {
    const { storage } = this.ctx;
    return {
      db: this.env.DB,
      lookups: this.env.LOOKUPS,
      blobs: this.env.BLOBS,
      announce: (announcements) => announceToHubs(this.env, announcements),
      armRetry: async () => {
        const wasArmed = (await storage.getAlarm()) !== null;
        // An alarm that is owed already keeps its time: a name that is written all the time must not put it off for ever.
        if (wasArmed) return true;
        await storage.setAlarm(Date.now() + retryMs);
        // The alarm must be on disk before the commit: it is what a crash right after the commit leaves behind.
        await storage.sync();
        return false;
      },
      disarmRetry: () => storage.deleteAlarm(),
      later: (work) => this.ctx.waitUntil(work),
      now: this.#now,
    };
  }

  /** One at a time: waiting for D1 would else let the next call in between judging and committing. */
  #inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}
