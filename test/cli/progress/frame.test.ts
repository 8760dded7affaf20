import { frameLines } from "../../../automation/cli/progress/frame";
import type { Waves } from "../../../automation/cli/progress/run-view";
import type { RunVerb } from "../../../automation/cli/progress/words";
import { plainPainter } from "../../../automation/manifest/diagnostics/painter";
import { viewAfter } from "./run-of";

const SETTING = { columns: 100, rows: 30, at: 60, began: 0, spinner: "⠋", paint: plainPainter };

const frame = (
  events: readonly string[],
  { waves, ...more }: { waves?: Waves; columns?: number; rows?: number; verb?: RunVerb } = {},
): readonly string[] => frameLines(viewAfter(events, waves), { ...SETTING, verb: "apply", ...more });

const HALFWAY = [
  "0 openova/europe started",
  ...Array.from({ length: 31 }, (_, at) => `5 openova/europe done create Secret s${at}`),
  "14.2 openova/europe finished",
  "50 openova/india started 27",
  ...Array.from({ length: 19 }, (_, at) => `54 openova/india done create Secret s${at}`),
  "54 openova/india running create Cluster postgres-replica",
  "55 openova/india running create Deployment api",
  "50 openova/workspaces-000 started",
  "54.1 openova/workspaces-000 done create ConfigMap quota",
  "54.1 openova/workspaces-000 finished",
];

const shown = (lines: readonly string[]): string => `\n${lines.join("\n")}\n`;

describe("a frame", () => {
  test("half-way", () => {
    expect(shown(frame(HALFWAY))).toMatchInlineSnapshot(`
      "
      ✔ wave 1  europe          31 created                                                         14.2 s
      ⠋ wave 2  india           19/27  Cluster postgres-replica +1                                   10 s
      ✔ wave 2  workspaces-000  1 created                                                           4.1 s
        wave 3  global          waiting for india
      2/4 stacks · 1 m
      "
    `);
  });

  test("a narrow terminal leaves out the waves and cuts what is long", () => {
    expect(shown(frame(HALFWAY, { columns: 48 }))).toMatchInlineSnapshot(`
      "
      ✔ europe          31 created             14.2 s
      ⠋ india           19/27  Cluster postgres… 10 s
      ✔ workspaces-000  1 created               4.1 s
        global          waiting for india
      2/4 stacks · 1 m
      "
    `);
  });

  test("what waits for a failed stack is not run, however far behind it is", () => {
    const failed = [
      "0 openova/europe started",
      "1 openova/europe failed create Secret a",
      "2 openova/europe broke",
    ];
    expect(shown(frame(failed))).toMatchInlineSnapshot(`
      "
      ✖ wave 1  europe          1 failed                                                            2.0 s
        wave 2  india           not run: europe failed
        wave 2  workspaces-000  not run: europe failed
        wave 3  global          not run: europe, india failed
      0/4 stacks · 1 failed · 1 m
      "
    `);
  });

  test("a preview says what would happen; two platforms are told apart", () => {
    const waves = [["castiel/data", "eden/data"].map((stack) => ({ stack, after: [] }))];
    const events = [
      "0 castiel/data started",
      "1 castiel/data done update Vault keys",
      "3 castiel/data finished",
    ];
    expect(shown(frame(events, { waves, verb: "preview" }))).toMatchInlineSnapshot(`
      "
      ✔ wave 1  castiel/data  1 would be updated                                                    3.0 s
        wave 1  eden/data     waiting for its turn
      1/2 stacks · 1 m
      "
    `);
  });

  test("more stacks than lines: what runs and what failed stays in sight", () => {
    const names = Array.from({ length: 40 }, (_, at) => `fleet/s${String(at).padStart(2, "0")}`);
    const waves = [names.map((stack) => ({ stack, after: [] }))];
    const events = [...names.slice(0, 20).map((stack) => `1 ${stack} finished`), "2 fleet/s20 started"];
    expect(shown(frame([...events, "3 fleet/s39 broke"], { waves, rows: 8 }))).toMatchInlineSnapshot(`
      "
      ⠋ wave 1  s20                                                                                  58 s
        wave 1  s21  waiting for its turn
        wave 1  s22  waiting for its turn
        wave 1  s23  waiting for its turn
      ✖ wave 1  s39  failed                                                                         0.0 s
      20/40 stacks · 1 failed · 35 not shown · 1 m
      "
    `);
  });
});
