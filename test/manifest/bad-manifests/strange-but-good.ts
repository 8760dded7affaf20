/** Manifests that look strange and are fine. */
import { original, shop } from "./shop";

const germany = original("regions/germany.yaml");

export const strangeButGood = [
  ["CRLF", shop().map(({ file, text }) => ({ file, text: text.replaceAll("\n", "\r\n") }))],
  ["no line break at the end", shop().map(({ file, text }) => ({ file, text: text.trimEnd() }))],
  [
    "all in one file",
    [
      {
        file: "all.yaml",
        text: shop()
          .map(({ text }) => text)
          .join("---\n"),
      },
    ],
  ],
  [
    "empty documents between",
    [
      {
        file: "all.yaml",
        text: shop()
          .map(({ text }) => `---\n${text}`)
          .join("---\n"),
      },
    ],
  ],
  [
    "JSON",
    shop([
      "regions/germany.yaml",
      germany,
      '{"apiVersion":"meridian.dev/v1","kind":"Region","metadata":{"name":"germany","platform":"shop"},"spec":{"provider":"kubernetes","cloud":"hetzner","location":"nbg1","capacity":{"nodes":[{"name":"a","address":"192.0.2.1"}]},"endpoints":{"postgres":"pg.shop.example"}}}\n',
    ]),
  ],
  [
    "a region that is only planned, without machines and hosts",
    shop(
      ["regions/finland.yaml", "  provider:", "  availability: planned\n  provider:"],
      [
        "regions/finland.yaml",
        "    nodes:\n      - { name: finland-1, address: 198.51.100.11 }\n      - { name: finland-2, address: 198.51.100.12 }\n",
        "",
      ],
      ["regions/finland.yaml", "  endpoints: { postgres: pg-finland.shop.example }\n", ""],
      ["workspaces/first.yaml", "  replicaRegions: [finland]\n", ""],
      ["platform.yaml", "topology: active-passive", "topology: single"],
    ),
  ],
  ["Norway", shop(["platform.yaml", "jurisdictions: [EU]", "jurisdictions: [NO]"])],
  [
    "letters of every script",
    shop(["regions/germany.yaml", "provider:", "title: Nürnberg 纽伦堡 🏰\n  provider:"]),
  ],
] as const;
