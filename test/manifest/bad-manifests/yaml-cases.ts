/** Manifests that are not even YAML, or not the YAML that manifests are written in. */
import { alone, type BadCase, lines, original, shop } from "./shop";

const germany = original("regions/germany.yaml");
const head = "apiVersion: meridian.dev/v1\nkind: Region\n";

/** Nine to the power of the levels. */
const bomb = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => {
    const item = level === 0 ? "x" : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array.from({ length: 9 }, () => item).join(", ")}]`;
  }).join("\n");

export const yamlCases: readonly BadCase[] = [
  {
    name: "a key twice, the second after other keys",
    given: shop(["regions/germany.yaml", "  location: nbg1\n", "  location: nbg1\n  provider: aws\n"]),
    good: shop(),
    says: lines`
      error MRD1002  the key "provider" is given twice in one mapping
        regions/germany.yaml:11:3
           9 |   cloud: hetzner
          10 |   location: nbg1
        > 11 |   provider: aws
             |   ^^^^^^^^ first on line 8
        fix: keep one of the two
    `,
  },
  {
    name: "a tab as indentation",
    given: alone(`${head}spec:\n\tprovider: aws\n`),
    says: lines`
      error MRD1003  a tab stands where YAML takes only spaces
        region.yaml:4:1
          2 | kind: Region
          3 | spec:
        > 4 |     provider: aws
            | ^^^^
        fix: indent with spaces
    `,
  },
  {
    name: "a tab after spaces",
    given: alone(`${head}spec:\n  \tprovider: aws\n  location: x\n`),
    says: lines`
      error MRD1003  a tab stands where YAML takes only spaces
        region.yaml:4:3
          2 | kind: Region
          3 | spec:
        > 4 |     provider: aws
            |   ^^
        fix: indent with spaces
    `,
  },
  {
    name: "an entry one space too far in",
    given: shop(["platform.yaml", "  regions: [germany", "   regions: [germany"]),
    says: lines`
      error MRD1004  this line is indented differently from what it belongs to
        platform.yaml:9:4
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
          8 |   topology: active-passive
        > 9 |    regions: [germany, finland]
            |    ^
        fix: give entries of one mapping or list the same indentation
    `,
  },
  {
    name: "an entry one space too far out",
    given: shop(["regions/finland.yaml", "  location: hel1", " location: hel1"]),
    says: lines`
      error MRD1004  this line is indented differently from what it belongs to
        regions/finland.yaml:10:1
           8 |   provider: kubernetes
           9 |   cloud: hetzner
        > 10 |  location: hel1
             | ^
        fix: give entries of one mapping or list the same indentation
    `,
  },
  {
    name: "a list entry one space too far out",
    given: alone(`${head}spec:\n  includes:\n    - compute\n   - storage\n`),
    says: lines`
      error MRD1004  this line is indented differently from what it belongs to
        region.yaml:6:4
          4 |   includes:
          5 |     - compute
        > 6 |    - storage
            |    ^
        fix: give entries of one mapping or list the same indentation
    `,
  },
  {
    name: "a bracket not closed",
    given: shop(["platform.yaml", "[germany, finland]", "[germany, finland"]),
    says: lines`
      error MRD1005  this [ is never closed
        platform.yaml:9:12
          7 |   description: Two regions in Europe; the second takes over when the first is lost.
          8 |   topology: active-passive
        > 9 |   regions: [germany, finland
            |            ^
        fix: close it, or quote the whole value if the character is meant literally
    `,
  },
  {
    name: "a quote not closed",
    given: alone(`${head}spec: { title: "Germany, provider: aws }\n`),
    says: lines`
      error MRD1005  this " is never closed
        region.yaml:3:16
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: { title: "Germany, provider: aws }
            |                ^
        fix: close it, or quote the whole value if the character is meant literally
    `,
  },
  {
    name: "a colon forgotten",
    given: alone(`${head}metadata\n  name: germany\n`),
    says: lines`
      error MRD1001  this line is not "key: value"
        region.yaml:3:1
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | metadata
            | ^^^^^^^^
        fix: put a colon and a space after the key
    `,
  },
  {
    name: "a space forgotten after a colon",
    given: alone("apiVersion:meridian.dev/v1\nkind: Region\n"),
    says: lines`
      error MRD1001  this line is not "key: value"
        region.yaml:1:1
        > 1 | apiVersion:meridian.dev/v1
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^
        fix: put a colon and a space after the key
    `,
  },
  {
    name: "two pairs on one line",
    given: alone(`${head}spec: provider: aws\n`),
    says: lines`
      error MRD1001  one line has two "key: value" pairs
        region.yaml:3:7
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: provider: aws
            |       ^
        fix: put the value in quotes, or the second pair on a line of its own
    `,
  },
  {
    name: "a comma forgotten",
    given: alone(`${head}metadata: { name: germany platform: shop }\n`),
    says: lines`
      error MRD1001  a comma or bracket is missing in this [list] or {mapping}
        region.yaml:3:19
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | metadata: { name: germany platform: shop }
            |                   ^^^^^^^^^^^^^^^^^^^^^^^
        fix: separate entries by commas; a mapping's entries read key: value
    `,
  },
  {
    name: "a template's percent sign",
    given: alone(`${head}spec:\n  title: %REGION%\n`),
    says: lines`
      error MRD1001  a value cannot begin with this character
        region.yaml:4:10
          2 | kind: Region
          3 | spec:
        > 4 |   title: %REGION%
            |          ^
        fix: put the value in quotes
    `,
  },
  {
    name: "a template's braces",
    given: alone(`${head}metadata:\n  name: {{ region }}\n`),
    says: lines`
      error MRD1014  {{ }} is a mapping inside a mapping here: manifests are not templates
        region.yaml:4:10
          2 | kind: Region
          3 | metadata:
        > 4 |   name: {{ region }}
            |          ^
        fix: write the value itself, or put it in quotes
    `,
  },
  {
    name: "an unknown escape",
    given: alone(`${head}spec:\n  title: "C:\\data"\n`),
    says: lines`
      error MRD1001  this escape is not one YAML knows
        region.yaml:4:13
          2 | kind: Region
          3 | spec:
        > 4 |   title: "C:\data"
            |             ^
        fix: write \\ for a backslash, or use single quotes
    `,
  },
  {
    name: "an alias without anchor",
    given: alone(`${head}spec: { title: *europe }\n`),
    says: lines`
      error MRD1006  the alias *europe has no anchor &europe before it
        region.yaml:3:16
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: { title: *europe }
            |                ^^^^^^^
        fix: a text that begins with * needs quotes
    `,
  },
  {
    name: "an alias inside its own value",
    given: alone(`a: &loop [1, *loop]\n`),
    says: lines`
      error MRD1008  the alias *loop stands inside the value it repeats
        region.yaml:1:14
        > 1 | a: &loop [1, *loop]
            |              ^^^^^
        fix: write the value out
    `,
  },
  {
    name: "an alias bomb",
    given: alone(`${bomb(6)}\n`),
    says: lines`
      error MRD1022  the file holds more than 250000 values once its aliases are followed
        region.yaml:6:20
          4 | l3: &l3 [*l2, *l2, *l2, *l2, *l2, *l2, *l2, *l2, *l2]
          5 | l4: &l4 [*l3, *l3, *l3, *l3, *l3, *l3, *l3, *l3, *l3]
        > 6 | l5: &l5 [*l4, *l4, *l4, *l4, *l4, *l4, *l4, *l4, *l4]
            |                    ^^^
        fix: split it into several files, or write out what the aliases repeat
    `,
  },
  {
    name: "too many anchors",
    given: alone(Array.from({ length: 101 }, (_, index) => `k${index}: &a${index} 1`).join("\n")),
    says: lines`
      error MRD1007  the file has more than 100 anchors
        region.yaml:101:7
           99 | k98: &a98 1
          100 | k99: &a99 1
        > 101 | k100: &a100 1
              |       ^^^^^
        fix: write the repeated values out
    `,
  },
  {
    name: "depth 10,000",
    given: alone(`a: ${"[".repeat(10_000)}${"]".repeat(10_000)}`),
    says: lines`
      error MRD1009  the nesting is deeper than 64 levels
        region.yaml:1:68
        > 1 | a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
            |                                                                    ^
        fix: flatten it; an unclosed [ or { can look like this
    `,
  },
  {
    name: "depth 10,000 and never closed",
    given: alone(`a: ${"{ a: ".repeat(10_000)}`),
    says: lines`
      error MRD1009  the nesting is deeper than 64 levels
        region.yaml:1:321
        > 1 | …: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a: { a…
            |                               ^
        fix: flatten it; an unclosed [ or { can look like this
    `,
  },
  {
    name: "10 MB",
    given: alone(`# ${"x".repeat(98)}\n`.repeat(103_819)),
    says: lines`
      error MRD1010  the file has more than 1048576 characters
        region.yaml:1:1
        > 1 | # xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
            | ^
        fix: split it into several files
    `,
  },
  {
    name: "a byte order mark",
    given: alone(`\uFEFF${germany}`),
    says: lines`
      error MRD1011  the file begins with a byte order mark
        region.yaml:1:1
        > 1 | ﻿# yaml-language-server: $schema=https://meridian.dev/schemas/region.schema.json
            | ^
        fix: save it as UTF-8 without BOM
    `,
  },
  {
    name: "a byte order mark inside",
    given: alone(`${germany}\uFEFF${germany}`),
    says: lines`
      error MRD1011  there is a byte order mark inside the file
        region.yaml:18:1
          16 |   network: { cidr: 10.1.0.0/16 }
          17 |   endpoints: { postgres: pg-germany.shop.example }
        > 18 | ﻿# yaml-language-server: $schema=https://meridian.dev/schemas/region.schema.json
             | ^
        fix: remove it: it often comes from joining two files
    `,
  },
  {
    name: "a NUL",
    given: alone(germany.replace("nbg1", "nbg\0")),
    says: lines`
      error MRD1012  the character U+0000 is not allowed in a manifest
        region.yaml:10:16
           8 |   provider: kubernetes
           9 |   cloud: hetzner
        > 10 |   location: nbg␀
             |                ^
        fix: remove it; if the file looks wrong altogether, save it as UTF-8
    `,
  },
  {
    name: "a NUL by an escape",
    given: alone(`${head}spec: { title: "a\\0b" }\n`),
    says: lines`
      error MRD1012  an escape here stands for U+0000, which is not allowed in a manifest
        region.yaml:3:16
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: { title: "a\0b" }
            |                ^^^^^^
        fix: remove the escape
    `,
  },
  {
    name: "a terminal's escape",
    given: alone(germany.replace("nbg1", "\u001b[2J")),
    says: lines`
      error MRD1012  the character U+001B is not allowed in a manifest
        region.yaml:10:13
           8 |   provider: kubernetes
           9 |   cloud: hetzner
        > 10 |   location: ␛[2J
             |             ^
        fix: remove it; if the file looks wrong altogether, save it as UTF-8
    `,
  },
  {
    name: "Latin-1",
    given: alone(Buffer.from(`${head}spec: { title: München }\n`, "latin1").toString("utf8")),
    says: lines`
      error MRD1013  the file is not valid UTF-8 here
        region.yaml:3:17
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: { title: M�nchen }
            |                 ^
        fix: save it as UTF-8
    `,
  },
  {
    name: "UTF-16, as PowerShell writes it",
    given: alone(Buffer.from(`\uFEFF${head}`, "utf16le").toString("utf8")),
    says: lines`
      error MRD1013  the file is UTF-16, and manifests are UTF-8
        region.yaml:1:1
        > 1 | ��a␀p␀i␀V␀e␀r␀s␀i␀o␀n␀:␀ ␀m␀e␀r␀i␀d␀i␀a␀n␀.␀d␀e␀v␀/␀v␀1␀
            | ^
        fix: save it as UTF-8 without BOM
    `,
  },
  {
    name: "old Macintosh line ends",
    given: alone(`${head}spec: {}\r`),
    says: lines`
      error MRD1021  a carriage return stands alone, and parsers disagree whether it ends a line
        region.yaml:3:9
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: {}
            |         ^
        fix: save the file with LF or CRLF line ends
    `,
  },
  {
    name: "a number as key",
    given: alone(`${head}metadata: { labels: { 1: first } }\n`),
    says: lines`
      error MRD1014  keys are text, and 1 is not
        region.yaml:3:23
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | metadata: { labels: { 1: first } }
            |                       ^
        fix: write it in quotes: "1"
    `,
  },
  {
    name: "a key that reaches the prototype",
    given: alone(`${head}__proto__: { isAdmin: true }\n`),
    says: lines`
      error MRD1015  the key "__proto__" is not allowed
        region.yaml:3:1
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | __proto__: { isAdmin: true }
            | ^^^^^^^^^
        fix: use another name
    `,
  },
  {
    name: "a tag",
    given: alone(`${head}spec: !!js/function "() => 1"\n`),
    says: lines`
      error MRD1016  a manifest takes no tags, and !!js/function is one
        region.yaml:3:7
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: !!js/function "() => 1"
            |       ^^^^^^^^^^^^^
        fix: remove the tag; quotes make text of a number
    `,
  },
  {
    name: "a merge key",
    given: alone(`base: &base { a: 1 }\nspec:\n  <<: *base\n`),
    says: lines`
      error MRD1017  merge keys (<<) are not part of YAML 1.2
        region.yaml:3:3
          1 | base: &base { a: 1 }
          2 | spec:
        > 3 |   <<: *base
            |   ^^
        fix: write the merged keys out
    `,
  },
  {
    name: "a directive",
    given: alone(`%YAML 1.1\n---\n${head}`),
    says: lines`
      error MRD1018  a manifest takes no % directives: it is YAML 1.2 with no tags
        region.yaml:1:1
        > 1 | %YAML 1.1
            | ^^^^^^^^^
        fix: remove the line
    `,
  },
  {
    name: "an empty file",
    given: alone(""),
    says: lines`
      error MRD1019  the file holds no manifest
        region.yaml:1:1
        > 1 |
            | ^
        fix: write one, or remove the file
    `,
  },
  {
    name: "a file of comments",
    given: alone("# later\n\n# much later\n"),
    says: lines`
      error MRD1019  the file holds no manifest
        region.yaml:1:1
        > 1 | # later
            | ^
        fix: write one, or remove the file
    `,
  },
  {
    name: "a number too large to keep",
    given: alone(`${head}spec: { title: 12345678901234567890 }\n`),
    says: lines`
      error MRD1020  the number 12345678901234567890 cannot be kept exactly
        region.yaml:3:16
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | spec: { title: 12345678901234567890 }
            |                ^^^^^^^^^^^^^^^^^^^^
        fix: write it in quotes if it is an identifier: "12345678901234567890"
    `,
  },
  {
    name: "a key of 300 letters",
    given: alone(`${head}${"k".repeat(300)}: 1\n`),
    says: lines`
      error MRD1023  a key has 300 characters, the limit is 256
        region.yaml:3:1
          1 | apiVersion: meridian.dev/v1
          2 | kind: Region
        > 3 | kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk…
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        fix: use a shorter key; a missing line break can look like this
    `,
  },
  {
    name: "300,000 values",
    given: alone(`a: [${Array.from({ length: 300_000 }, () => 1).join(",")}]\n`),
    says: lines`
      error MRD1022  the file holds more than 250000 values once its aliases are followed
        region.yaml:1:499999
        > 1 | …,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1…
            |                               ^
        fix: split it into several files, or write out what the aliases repeat
    `,
  },
  {
    name: "a text that parsers read differently",
    given: alone("a: |-1\n   \n"),
    says: lines`
      error MRD1024  YAML parsers read this file differently
        region.yaml:1:1
        > 1 | a: |-1
            | ^
        fix: write it plainly: no explicit keys, no indentation numbers after | or >
    `,
  },
  {
    name: "the second document of a file",
    given: alone(`${germany}---\nkind: Region\nkind: Platform\n`),
    says: lines`
      error MRD1002  the key "kind" is given twice in one mapping
        region.yaml:20:1
          18 | ---
          19 | kind: Region
        > 20 | kind: Platform
             | ^^^^ first on line 19
        fix: keep one of the two
    `,
  },
  {
    name: "JSON with a comma too many",
    given: alone('{ "kind": "Region", , }\n'),
    says: lines`
      error MRD1001  a comma or bracket is missing in this [list] or {mapping}
        region.yaml:1:21
        > 1 | { "kind": "Region", , }
            |                     ^
        fix: separate entries by commas; a mapping's entries read key: value
    `,
  },
  {
    name: "something else altogether",
    given: alone("<html><body>Not found</body></html>\n"),
    says: lines`
      error MRD1103  the manifest must be a mapping, not the text "<html><body>Not found</body></html>"
        region.yaml:1:1
        > 1 | <html><body>Not found</body></html>
            | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        fix: write a mapping with the keys apiVersion, kind
    `,
  },
];
