import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { RepositoryKeeper } from "../../src/operations/oci/repository/repository-keeper.ts";
import { anImage, aRepository, push } from "./an-image.ts";

/** A keeper of its own beside the Registrar's: what is written through that one, this one does not hear of. */
function aKeeper(isShared: () => boolean = () => false): RepositoryKeeper {
  const completeManifests = async () => undefined;
  return new RepositoryKeeper({ db: env.DB, blobs: env.BLOBS, now: () => new Date(), isShared, completeManifests });
}

async function digestOf(keeper: RepositoryKeeper, repository: string): Promise<string | undefined> {
  return (await keeper.findManifest(repository, "v1"))?.digest;
}

it("remembers what it has read until it is told to forget", async () => {
  const [repository, keeper] = [aRepository(), aKeeper()];
  const first = await push(repository, "v1", await anImage(repository));
  expect(await digestOf(keeper, repository)).toBe(first);
  const second = await push(repository, "v1", await anImage(repository, { annotations: { is: "second" } }));
  expect(await digestOf(keeper, repository)).toBe(first);
  keeper.forget();
  expect(await digestOf(keeper, repository)).toBe(second);
});

it("does not remember what it began to read before it was told to forget", async () => {
  const [repository, keeper] = [aRepository(), aKeeper()];
  const first = await push(repository, "v1", await anImage(repository));
  const reading = digestOf(keeper, repository);
  keeper.forget();
  expect(await reading).toBe(first);
  const second = await push(repository, "v1", await anImage(repository, { annotations: { is: "second" } }));
  expect(await digestOf(keeper, repository)).toBe(second);
});

it("neither remembers nor answers from memory while another may be changing the name", async () => {
  const shared = { is: false };
  const [repository, keeper] = [aRepository(), aKeeper(() => shared.is)];
  const first = await push(repository, "v1", await anImage(repository));
  expect(await digestOf(keeper, repository)).toBe(first);
  shared.is = true;
  const second = await push(repository, "v1", await anImage(repository, { annotations: { is: "second" } }));
  expect(await digestOf(keeper, repository)).toBe(second);
  shared.is = false;
  keeper.forget();
  const begun = digestOf(keeper, repository);
  shared.is = true;
  await begun;
  shared.is = false;
  const third = await push(repository, "v1", await anImage(repository, { annotations: { is: "third" } }));
  expect(await digestOf(keeper, repository)).toBe(third);
});

it("does not remember that there was nothing", async () => {
  const [repository, keeper] = [aRepository(), aKeeper()];
  expect(await digestOf(keeper, repository)).toBeUndefined();
  const first = await push(repository, "v1", await anImage(repository));
  expect(await digestOf(keeper, repository)).toBe(first);
});
