import fc from "fast-check";
import { formsOf } from "../../../automation/engine/secrets/forms";
import { Redactor } from "../../../automation/engine/secrets/redactor";

// None of these characters is in the mark, so the mark itself cannot be mistaken for a secret.
const characters = [...'abxyz019+/=%"\\\n-é😀'];
const word = fc.string({ unit: fc.constantFrom(...characters), minLength: 4, maxLength: 12 });
const filler = fc.string({ unit: fc.constantFrom(...characters, " "), maxLength: 20 });

/** Filler with secrets, in any of their forms, anywhere in it. */
const cases = fc.array(word, { minLength: 1, maxLength: 4 }).chain((secrets) =>
  fc.record({
    secrets: fc.constant(secrets),
    text: fc
      .array(fc.oneof(filler, fc.constantFrom(...secrets.flatMap(formsOf))), { maxLength: 12 })
      .map((parts) => parts.join("")),
  }),
);

/** The text as bytes, cut at any places, inside characters too. */
function cut(text: string, cuts: readonly number[]): readonly Buffer[] {
  const bytes = Buffer.from(text, "utf8");
  const at = [...new Set(cuts.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b);
  return [...at, bytes.length].map((end, index) => bytes.subarray(at[index - 1] ?? 0, end));
}

async function through(redactor: Redactor, chunks: readonly Buffer[]): Promise<string> {
  const stream = redactor.transform();
  const out: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => out.push(chunk));
  const ended = new Promise((resolve) => stream.on("end", resolve));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await ended;
  return Buffer.concat(out).toString("utf8");
}

describe("Redactor", () => {
  const redactor = new Redactor(["hunter2!", "s3cr3t/key+=", 'pa"ss\\word', "päss wörd"]);

  test.each([
    { name: "in clear", text: "password is hunter2! ok", masked: "password is [secret] ok" },
    { name: "twice, touching", text: "hunter2!hunter2!", masked: "[secret]" },
    { name: "as base64", text: `data: ${btoa("s3cr3t/key+=")}`, masked: "data: [secret]" },
    {
      name: "inside a longer base64",
      text: Buffer.from("user:hunter2!").toString("base64"),
      masked: "dXNlcjp[secret]Q==",
    },
    { name: "in a URL", text: "postgres://u:s3cr3t%2Fkey%2B%3D@h", masked: "postgres://u:[secret]@h" },
    { name: "in a URL, lower case", text: "?p=s3cr3t%2fkey%2b%3d", masked: "?p=[secret]" },
    { name: "in a form", text: "p=p%C3%A4ss+w%C3%B6rd&", masked: "p=[secret]&" },
    { name: "as JSON", text: JSON.stringify({ p: 'pa"ss\\word' }), masked: '{"p":"[secret]"}' },
    {
      name: "as JSON in JSON",
      text: JSON.stringify(JSON.stringify('pa"ss\\word')),
      masked: '"\\"[secret]\\""',
    },
    { name: "as ASCII JSON", text: '"p\\u00e4ss w\\u00f6rd"', masked: '"[secret]"' },
    { name: "as hex", text: Buffer.from("hunter2!").toString("hex"), masked: "[secret]" },
    { name: "not at all", text: "hunter3! hunter2", masked: "hunter3! hunter2" },
  ])("masks a secret $name", ({ text, masked }) => {
    expect(redactor.text(text)).toBe(masked);
  });

  it("masks the long words of a key of several lines, however they are indented", () => {
    const key = [
      "-----BEGIN PRIVATE KEY-----",
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC",
      "-----END PRIVATE KEY-----",
    ];
    const text = new Redactor([key.join("\n")]).text(key.map((line) => `    ${line}`).join("\n"));
    expect(text).toBe("    -----BEGIN PRIVATE KEY-----\n    [secret]\n    -----END PRIVATE KEY-----");
  });

  it("masks plain data: texts, names and numbers, and leaves JSON valid", () => {
    const value = { a: ["hunter2!", 1, true, null], "hunter2!": { n: 12_345_678 }, line: "a\nhunter2!" };
    const masks = new Redactor(["hunter2!", "12345678", "nhunter2!"]);
    expect(JSON.parse(masks.json(value))).toEqual({
      a: ["[secret]", 1, true, null],
      "[secret]": { n: "[secret]" },
      line: "a\n[secret]",
    });
  });

  it("learns more while a stream is open", async () => {
    const masks = new Redactor();
    const stream = masks.transform();
    const out: string[] = [];
    stream.on("data", (chunk: Buffer) => out.push(chunk.toString("utf8")));
    const ended = new Promise((resolve) => stream.on("end", resolve));
    stream.write("one hunter2! ");
    masks.learn(["hunter2!"]);
    stream.write("two hun");
    stream.end("ter2!");
    await ended;
    expect(out.join("")).toBe("one hunter2! two [secret]");
  });

  it("lets no secret through in any form", () => {
    fc.assert(
      fc.property(cases, ({ secrets, text }) => {
        const masked = new Redactor(secrets).text(text);
        return secrets.flatMap(formsOf).every((form) => form.length < 4 || !masked.includes(form));
      }),
      { numRuns: 500 },
    );
  });

  it("masks a stream like the whole text, wherever it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.array(fc.nat(), { maxLength: 30 }), async ({ secrets, text }, cuts) => {
        const masks = new Redactor(secrets);
        // A lone half of a character cannot be written as UTF-8 at all.
        const whole = Buffer.from(text, "utf8").toString("utf8");
        expect(await through(masks, cut(whole, cuts))).toBe(masks.text(whole));
      }),
      { numRuns: 300 },
    );
  });

  it("changes nothing outside the secrets", () => {
    fc.assert(
      fc.property(cases, ({ secrets, text }) => {
        const kept = new Redactor(secrets).text(text).split("[secret]");
        let at = 0;
        return kept.every((part) => {
          const found = text.indexOf(part, at);
          at = found + part.length;
          return found >= 0;
        });
      }),
      { numRuns: 300 },
    );
  });
});
