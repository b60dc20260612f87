import { expect, it } from "vitest";
import { anImage, get, ociRefusalOf, push } from "./an-image.ts";

async function catalogOf(query: string): Promise<{ repositories: string[]; link: string | null }> {
  const answer = await get(`_catalog${query}`);
  expect(answer.status).toBe(200);
  const told: { repositories: string[] } = await answer.json();
  return { repositories: told.repositories, link: answer.headers.get("link") };
}

it("lists repositories in the order of their bytes, by pages", async () => {
  // Others are there too, of other tests: these stand next to each other.
  const ours = ["zz-catalog", "zz-catalog-a", "zz-catalog/a", "zz-catalog/b", "zz-catalog0"];
  for (const repository of ours.toReversed()) await push(repository, "v1", await anImage(repository));
  const all = (await catalogOf("")).repositories;
  expect(all.filter((repository) => repository.startsWith("zz-catalog"))).toEqual(ours);
  expect(all).toEqual(all.toSorted());
  expect(await catalogOf("?n=2&last=zz-catalo")).toEqual({
    repositories: ours.slice(0, 2),
    link: '</v2/_catalog?n=2&last=zz-catalog-a>; rel="next"',
  });
  expect((await catalogOf("?n=2&last=zz-catalog-a")).link).toBe('</v2/_catalog?n=2&last=zz-catalog%2Fb>; rel="next"');
  expect(await catalogOf("?n=2&last=zz-catalog%2Fb")).toEqual({ repositories: ours.slice(4), link: null });
  expect(await catalogOf("?n=0")).toEqual({ repositories: [], link: null });
  await ociRefusalOf(await get("_catalog?n=some"), 400, "UNSUPPORTED");
});
