import { ociDigest } from "../../contract/oci/digest.ts";
import { type ImageIndex, manifestMediaTypes } from "../../contract/oci/manifest.ts";
import { listReferrers } from "../../operations/oci/referrer/list-referrers.ts";
import { answerOciFailure } from "./answer-failure.ts";
import type { OciAsked } from "./asked.ts";
import { linkTo } from "./page-query.ts";

/** `GET /v2/{repository}/referrers/{digest}`: an index, be it of nothing. */
export async function answerReferrers({ url, repository, needs }: OciAsked, digest: string): Promise<Response> {
  const legal = ociDigest.safeParse(digest);
  if (!legal.success) {
    const message = `"${digest.slice(0, 150)}": ${legal.error.issues[0]?.message ?? "it is no digest"}`;
    return answerOciFailure({ code: "DIGEST_INVALID", message });
  }
  const artifactType = typeAsked(url);
  const last = url.searchParams.get("last") ?? "";
  const { descriptors, next } = await listReferrers(needs, { repository, subject: digest, artifactType, last });
  const [mediaType] = manifestMediaTypes.index;
  const index: ImageIndex = { schemaVersion: 2, mediaType, manifests: descriptors };
  const filter = artifactType === null ? {} : { artifactType };
  return new Response(JSON.stringify(index), {
    headers: {
      "Content-Type": mediaType,
      "Cache-Control": "no-cache",
      ...(artifactType === null ? {} : { "OCI-Filters-Applied": "artifactType" }),
      ...(next === null ? {} : linkTo(url, new URLSearchParams({ ...filter, last: next }))),
    },
  });
}

/** A `+` in a query reads as a space, and no media type has one: who forgot to encode it is understood all the same. */
function typeAsked(url: URL): string | null {
  const asked = url.searchParams.get("artifactType") ?? "";
  return asked === "" ? null : asked.replaceAll(" ", "+");
}
