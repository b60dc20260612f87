// expect warning unknown_type 11:23
// expect warning no_network 12:22
// expect warning no_network 13:24
// expect warning no_network 14:45
// expect warning no_network 14:66
// expect function javascript.f
// expect inputs url
// expect input url {"type":"string","required":true}
// expect output result {"type":"any","required":false}
/** @param {{url: string}} inputs */
export async function f({ url }) {
  const socket = new WebSocket(url);
  const answer = await fetch(url);
  return [socket.readyState, answer.status, globalThis.fetch === fetch];
}
