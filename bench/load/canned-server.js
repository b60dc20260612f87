// A process of its own that answers each request with the same bytes: what the load generator alone can do.
import { createServer } from "node:net";

const bodyBytes = Number(process.argv[2]);
const answer = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${bodyBytes}\r\n\r\n${"x".repeat(bodyBytes)}`);
const server = createServer({ noDelay: true }, (socket) => {
  socket.on("data", () => socket.write(answer));
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
