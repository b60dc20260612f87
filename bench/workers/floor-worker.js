// The floor: the least that a Worker can do to answer these bytes. BODY is the body of one lookup answer; HEADERS, when set, the
// headers of that answer as a JSON object, so that the same bytes go over the wire. Without it: Content-Type alone.
let body = null;
let headers = null;

export default {
  fetch(_request, env) {
    body ??= new TextEncoder().encode(env.BODY);
    headers ??= env.HEADERS ? JSON.parse(env.HEADERS) : { "Content-Type": "application/json" };
    return new Response(body, { headers });
  },
};
