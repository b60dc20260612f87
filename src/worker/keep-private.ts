/** An answer of a registry whose reads are not public: caches that several people share must not keep it. */
export function keepPrivate(response: Response): Response {
  const told = response.headers.get("cache-control");
  if (told === null || !told.startsWith("public")) return response;
  const kept = new Response(response.body, response);
  kept.headers.set("cache-control", told.replace("public", "private"));
  return kept;
}
