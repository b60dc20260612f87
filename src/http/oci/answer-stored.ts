/** The answer to who sent a blob, or mounted it. containerd wants the digest. */
export function answerStored(repository: string, digest: string): Response {
  const headers = { Location: `/v2/${repository}/blobs/${digest}`, "Docker-Content-Digest": digest };
  return new Response(null, { status: 201, headers });
}
