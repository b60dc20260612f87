import type { PushStage } from "../../journeys/support/push-stage.ts";
import type { Random } from "../../journeys/support/random.ts";
import { versionedSource } from "../../journeys/support/registry-calls.ts";

/** What happens around a push. */
export type HostTrouble = "none" | "fault" | "hold" | "copies" | "kill";

const goodChanges = ["add", "add", "add", "bump", "bump", "bump", "remove", "remove", "rename"] as const;

interface StormFile {
  id: string;
  version: string;
  isBad: boolean;
}

/** Somebody who pushes anything to a repository of templates, and what its branch has then. */
export class PushStorm {
  /** By path: what the branch's head has. */
  readonly files = new Map<string, StormFile>();
  pushed = 0;
  readonly #stage: PushStage;
  readonly #random: Random;
  readonly #patches = new Map<string, number>();
  readonly #snapshots: { commit: string; files: [string, StormFile][] }[] = [];

  constructor(stage: PushStage, random: Random) {
    this.#stage = stage;
    this.#random = random;
  }

  /** A push of one to five changes, most of them good; sometimes one that rewrites what was. Answers its commit. */
  async push(): Promise<string> {
    const back = this.#random.next() < 0.1 ? this.#snapshots.at(-2) : undefined;
    if (back !== undefined) {
      await this.#stage.copy.git("reset", "--quiet", "--hard", back.commit);
      this.files.clear();
      for (const [path, file] of back.files) this.files.set(path, file);
    }
    // A bad file holds up all the others: mostly it is mended soon.
    if (this.#random.next() < 0.8) this.#mend();
    for (let changes = this.#random.between(1, 5); changes > 0; changes--) this.#change();
    return this.#commit("storm", back !== undefined);
  }

  /** A push after which every file is good; answers its commit. */
  async pushGood(): Promise<string> {
    this.#mend();
    this.#add();
    return this.#commit("the end", false);
  }

  /** Every name that was ever in a file, with the version that it has at the head; null: no file has it. */
  published(): Map<string, string | null> {
    const heads = new Map([...this.files.values()].map(({ id, version }) => [id, version]));
    return new Map([...this.#patches.keys()].map((id) => [id, heads.get(id) ?? null]));
  }

  async #commit(message: string, isForced: boolean): Promise<string> {
    const { copy } = this.#stage;
    const commit = await copy.commit(message);
    await copy.push(...(isForced ? ["--force"] : []), "origin", "HEAD");
    this.#snapshots.push({ commit, files: [...this.files] });
    this.pushed += 1;
    return commit;
  }

  #mend(): void {
    for (const [path, { id, isBad }] of this.files) if (isBad) this.#write(path, this.#next(id));
  }

  #change(): void {
    const [path, file] = this.files.size === 0 ? [] : this.#random.pick([...this.files]);
    const change = this.#random.next() < 0.05 ? "break" : this.#random.pick(goodChanges);
    if (path === undefined || file === undefined || change === "add") {
      this.#add();
      return;
    }
    switch (change) {
      case "bump":
        this.#write(path, this.#next(file.id));
        return;
      case "remove":
        this.#stage.copy.remove(path);
        this.files.delete(path);
        return;
      case "rename": {
        const to = `t/${this.#random.between(0, 9)}/${file.id}-${this.pushed}-${this.files.size}.yaml`;
        if (this.files.has(to)) return;
        this.#stage.copy.rename(path, to);
        this.files.delete(path);
        this.files.set(to, file);
        return;
      }
      case "break":
        this.#write(path, { ...this.#next(file.id), isBad: true });
    }
  }

  #add(): void {
    const gone = [...this.published()].filter(([, version]) => version === null).map(([id]) => id);
    const id = gone.length > 0 && this.#random.next() < 0.5 ? this.#random.pick(gone) : `storm_${this.#patches.size}`;
    this.#write(`t/${id}.yaml`, this.#next(id));
  }

  #next(id: string): StormFile {
    const patch = (this.#patches.get(id) ?? -1) + 1;
    this.#patches.set(id, patch);
    return { id, version: `1.0.${patch}`, isBad: false };
  }

  #write(path: string, file: StormFile): void {
    const text = versionedSource(file.id, file.version);
    this.#stage.copy.write({ [path]: file.isBad ? text.replace("type: string", "type: sting") : text });
    this.files.set(path, file);
  }
}
