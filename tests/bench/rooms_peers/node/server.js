/* socket.io: whoever writes is heard by all in the room. With a database (its socket's folder, name and user) each message first asks
   whose session it is and keeps what was said, as the whole path does. */
const http = require("node:http");
const { Server } = require("socket.io");

const [port, folder, database, user] = process.argv.slice(2);
const server = http.createServer();
const io = new Server(server, { transports: ["websocket"], perMessageDeflate: false, pingInterval: 60000 });
const pool = folder ? new (require("pg").Pool)({ host: folder, database, user, max: 2 }) : null;

io.on("connection", (socket) => {
  socket.join("r1");
  socket.on("m", async (text) => {
    if (pool) {
      const cookie = /sessionid=(\w+)/.exec(socket.handshake.headers.cookie ?? "")?.[1];
      const known = await pool.query("SELECT 1 FROM bench_session WHERE key = $1", [cookie]);
      if (!known.rowCount) return;
      await pool.query("INSERT INTO bench_message (text) VALUES ($1)", [text]);
    }
    io.to("r1").emit("m", text);
  });
});
server.listen(Number(port), "127.0.0.1", () => process.stdout.write("ready\n"));
