type Paint = (text: string) => string;

/** Colours a code frame; a painter adds escape codes and never changes the letters. */
export interface Painter {
  readonly error: Paint;
  readonly warning: Paint;
  readonly code: Paint;
  readonly place: Paint;
  readonly caret: Paint;
  readonly hint: Paint;
  readonly fix: Paint;
  readonly dim: Paint;
}

const same: Paint = (text) => text;

/** No colour: for logs, pipes, `NO_COLOR` and tests. */
export const plainPainter: Painter = {
  error: same,
  warning: same,
  code: same,
  place: same,
  caret: same,
  hint: same,
  fix: same,
  dim: same,
};
