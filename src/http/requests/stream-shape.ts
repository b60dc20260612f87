/** How a caller wants to have events: over WebSocket, as server-sent events, or a page of them. */
export function chooseShape(request: Request): "socket" | "stream" | "page" {
  if (request.headers.get("upgrade")?.toLowerCase() === "websocket") return "socket";
  // Nobody would end the stream of a HEAD.
  return request.method === "GET" && accepts(request, "text/event-stream") ? "stream" : "page";
}

/** Whether the caller names this media type. */
export function accepts(request: Request, mediaType: string): boolean {
  const accept = request.headers.get("accept") ?? "";
  return accept.split(",").some((wish) => wish.split(";")[0]?.trim().toLowerCase() === mediaType);
}
