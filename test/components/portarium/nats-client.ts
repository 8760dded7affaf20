/** As much of a NATS client as the tests need: credentials, requests, nothing else. */
import { createPrivateKey, sign } from "node:crypto";
import { connect, type Socket } from "node:net";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The 32 bytes of a seed in base32. */
function rawSeed(seed: string): Buffer {
  const bits = [...seed].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const bytes = (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return Buffer.from(bytes).subarray(2, 34);
}

function signed(nonce: string, seed: string): string {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), rawSeed(seed)]);
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  return sign(null, Buffer.from(nonce), key).toString("base64url");
}

export class NatsClient {
  readonly #socket: Socket;
  readonly #answers = new Map<string, (text: string) => void>();
  readonly #ready: Promise<void>;
  #buffer = "";
  #next = 0;

  constructor(port: number, credentials: string) {
    const [, jwt = "", , , , seed = ""] = credentials.split("\n");
    this.#socket = connect(port, "127.0.0.1");
    this.#ready = new Promise((resolve, reject) => {
      this.#socket.on("error", reject);
      this.#socket.on("data", (data) => {
        this.#buffer += data.toString();
        for (let line = this.#line(); line !== undefined; line = this.#line()) {
          if (line.startsWith("INFO ")) this.#login(line, jwt, seed);
          if (line === "PING") this.#socket.write("PONG\r\n");
          if (line === "PONG") resolve();
          if (line.startsWith("-ERR")) reject(new RangeError(line));
        }
      });
    });
  }

  /** The answer as text, or `timeout`. */
  async request(subject: string, body = ""): Promise<string> {
    await this.#ready;
    this.#next += 1;
    const id = String(this.#next);
    return new Promise((resolve) => {
      const late = setTimeout(() => resolve("timeout"), 3_000);
      this.#answers.set(id, (text) => {
        clearTimeout(late);
        resolve(text);
      });
      const inbox = `_INBOX.${String(this.#socket.localPort)}.${id}`;
      const size = String(Buffer.byteLength(body));
      this.#socket.write(`SUB ${inbox} ${id}\r\nPUB ${subject} ${inbox} ${size}\r\n${body}\r\n`);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #login(info: string, jwt: string, seed: string): void {
    const { nonce = "" } = JSON.parse(info.slice(5)) as { nonce?: string };
    const options = { jwt, sig: signed(nonce, seed), verbose: false, headers: true, no_responders: true };
    this.#socket.write(`CONNECT ${JSON.stringify(options)}\r\nPING\r\n`);
  }

  /** The next whole line; messages go to whoever asked. */
  #line(): string | undefined {
    const end = this.#buffer.indexOf("\r\n");
    if (end < 0) return undefined;
    const line = this.#buffer.slice(0, end);
    const words = line.split(" ");
    const size = words[0] === "MSG" || words[0] === "HMSG" ? Number(words.at(-1)) + 2 : 0;
    if (this.#buffer.length < end + 2 + size) return undefined;
    const body = this.#buffer.slice(end + 2, end + size);
    this.#buffer = this.#buffer.slice(end + 2 + size);
    if (size > 0) this.#answers.get(words[2] ?? "")?.(body);
    return line;
  }
}
