import type { Repositories, RepositoryCalls } from "../bindings/durable/repository.ts";
import { type Origin, ownOrigin } from "../contract/access/origin.ts";
import { artifactOf } from "../domain/oci/repository-kind.ts";
import { nameKey } from "../operations/lookup/lookup-memory.ts";

/** Finds the keeper of a repository, for changes that come from there: an artifact's Registrar, or one of its own. */
export function repositoriesOf(env: Env, origin: Origin = ownOrigin): Repositories {
  return (repository) => {
    const artifact = artifactOf(repository);
    const id = artifact === null ? `oci/${repository}` : nameKey(artifact.kind, artifact.name);
    const stub = env.REGISTRAR.get(env.REGISTRAR.idFromName(id));
    return {
      findManifest: (...asked) => stub.findManifest(...asked),
      listTags: (...asked) => stub.listTags(...asked),
      findBlob: (...asked) => stub.findBlob(...asked),
      isKnown: (...asked) => stub.isKnown(...asked),
      completeManifests: (...asked) => stub.completeManifests(...asked),
      putManifest: (...asked) => stub.putManifest(...asked, origin),
      deleteManifest: (...asked) => stub.deleteManifest(...asked, origin),
      deleteTag: (...asked) => stub.deleteTag(...asked, origin),
      linkBlob: (...asked) => stub.linkBlob(...asked),
      deleteBlob: (...asked) => stub.deleteBlob(...asked),
      dropUnused: (...asked) => stub.dropUnused(...asked),
      findUpload: (...asked) => stub.findUpload(...asked),
      listChunks: (...asked) => stub.listChunks(...asked),
      addChunk: (...asked) => stub.addChunk(...asked),
      endUpload: (...asked) => stub.endUpload(...asked),
    } satisfies RepositoryCalls;
  };
}
